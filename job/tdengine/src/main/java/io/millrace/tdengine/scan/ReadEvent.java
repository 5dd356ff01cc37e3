package io.millrace.tdengine.scan;

/** What comes of reading a split. */
sealed interface ReadEvent {
    /** Some rows. */
    record Rows(RowChunk chunk) implements ReadEvent {}

    /** All rows have been read. */
    record End() implements ReadEvent {}

    /** It went wrong. */
    record Failure(Exception cause) implements ReadEvent {}
}
