package io.millrace.tdengine.scan;

/** How a table is divided among readers. */
public enum SplitBy {
    /** One query reads all. */
    NONE("none"),
    /** Stretches of time, equally long. */
    TIME("time"),
    /** Some sub-tables each; super tables only. */
    SUB_TABLE("sub-table");

    private final String option;

    SplitBy(String option) {
        this.option = option;
    }

    /** As the option is written: Flink reads enums by this. */
    @Override
    public String toString() {
        return option;
    }
}
