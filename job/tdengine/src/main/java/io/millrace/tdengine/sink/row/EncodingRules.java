package io.millrace.tdengine.sink.row;

import java.io.Serializable;

/**
 * How values are read that can be read in several ways.
 *
 * @param timeUnit the unit of a whole number that becomes a time
 * @param nonFinite what to do with NaN and infinities
 * @param nullHandling what a NULL means
 */
public record EncodingRules(TimeUnit timeUnit, NonFinite nonFinite, NullHandling nullHandling)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Units of epoch numbers. */
    public enum TimeUnit {
        SECOND(1L),
        MILLISECOND(1_000L),
        MICROSECOND(1_000_000L),
        NANOSECOND(1_000_000_000L);

        private final long perSecond;

        TimeUnit(long perSecond) {
            this.perSecond = perSecond;
        }

        /** How many of this unit a second has. */
        public long perSecond() {
            return perSecond;
        }
    }

    /** What to do with NaN and infinities. */
    public enum NonFinite {
        NULL("null"),
        DEAD_LETTER("dead-letter");

        private final String option;

        NonFinite(String option) {
            this.option = option;
        }

        /** As the option is written: Flink reads enums by this. */
        @Override
        public String toString() {
            return option;
        }
    }

    /** What a NULL means. */
    public enum NullHandling {
        /** The column becomes NULL; of rows with one key the last wins whole. */
        WRITE,
        /** The column keeps what it has; rows with one key are merged column by column. */
        SKIP
    }
}
