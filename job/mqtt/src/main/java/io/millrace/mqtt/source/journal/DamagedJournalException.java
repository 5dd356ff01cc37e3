package io.millrace.mqtt.source.journal;

/** A file of the journal is not what was written: no crash of the job explains that. */
public final class DamagedJournalException extends JournalException {
    private static final long serialVersionUID = 1L;

    /**
     * @param offset where it cannot be read
     * @param position what should be there
     */
    DamagedJournalException(
            JournalStorage storage, SegmentName segment, long offset, long position) {
        super(
                "'"
                        + segment.file()
                        + "' in the journal's folder '"
                        + storage.location()
                        + "' is damaged at offset "
                        + offset
                        + ", where the message at position "
                        + position
                        + " should be. Its messages were acknowledged, so the broker does not have them any more: restore the file from a backup. If there is none, move the file away; then its messages that the job has not emitted are lost, and a warning tells how many.");
    }
}
