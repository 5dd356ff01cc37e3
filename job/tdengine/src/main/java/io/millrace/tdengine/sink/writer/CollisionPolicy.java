package io.millrace.tdengine.sink.writer;

/** What becomes of a row whose table already has one of the same time. */
public enum CollisionPolicy {
    /** It takes the other's place, as TDengine does it. */
    OVERWRITE("overwrite"),
    /** It gets the next time that is free. */
    SHIFT("shift"),
    DEAD_LETTER("dead-letter");

    private final String option;

    CollisionPolicy(String option) {
        this.option = option;
    }

    /** As the option is written: Flink reads enums by this. */
    @Override
    public String toString() {
        return option;
    }
}
