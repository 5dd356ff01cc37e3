package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Precision;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A database: its options and its tables of all kinds. */
final class Database {
    private static final long MINUTE_MILLIS = 60_000;
    private static final Map<String, String> DEFAULTS = Map.of("KEEP", "3650d", "DURATION", "10d");

    private final String name;
    private final long created;
    private final Precision precision;
    // Under the engine's exclusive lock.
    private final Map<String, String> options = new TreeMap<>();
    private volatile long keepMillis;
    private final ConcurrentSkipListMap<String, Table> tables = new ConcurrentSkipListMap<>();

    Database(String name, long created, Map<String, String> options) {
        this.name = name;
        this.created = created;
        String unit = options.getOrDefault("PRECISION", "ms");
        try {
            this.precision = Precision.valueOf(unit.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new TaosException(0x2619, "Invalid option precision: " + unit);
        }
        alter(options);
    }

    void alter(Map<String, String> changes) {
        long keep = minutes(changes.getOrDefault("KEEP", option("KEEP")), "keep");
        long duration = minutes(changes.getOrDefault("DURATION", option("DURATION")), "duration");
        if (keep < 3 * duration) {
            throw new TaosException(
                    0x2619,
                    "Invalid duration value, should be keep2 >= keep1 >= keep0 >= 3 * duration");
        }
        options.putAll(changes);
        keepMillis = keep * MINUTE_MILLIS;
    }

    /** Minutes of 10d, 2h, 30m or 10 (days); of the last of several. */
    private static long minutes(String values, String option) {
        String value = values.substring(values.lastIndexOf(',') + 1);
        int last = value.length() - 1;
        boolean hasUnit = last >= 0 && !Character.isDigit(value.charAt(last));
        try {
            long number = Long.parseLong(hasUnit ? value.substring(0, last) : value);
            return number
                    * switch (hasUnit ? Character.toLowerCase(value.charAt(last)) : 'd') {
                        case 'm' -> 1;
                        case 'h' -> 60;
                        case 'd' -> 1440;
                        case 'w' -> 10080;
                        default -> throw new NumberFormatException(value);
                    };
        } catch (NumberFormatException notADuration) {
            throw new TaosException(0x2619, "Invalid option " + option + ": " + values);
        }
    }

    String name() {
        return name;
    }

    /** Milliseconds since 1970. */
    long created() {
        return created;
    }

    Precision precision() {
        return precision;
    }

    /** How long rows are kept; older ones are refused. */
    long keepMillis() {
        return keepMillis;
    }

    /** An option's value as it was given, or its default, or null. */
    String option(String option) {
        return options.getOrDefault(option, DEFAULTS.get(option));
    }

    Map<String, String> options() {
        return options;
    }

    ConcurrentSkipListMap<String, Table> tables() {
        return tables;
    }
}
