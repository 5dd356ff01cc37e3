package io.millrace.rule.script;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the comment lines before a rule say of it, such as {@code -- schema: temp DOUBLE, hum
 * DOUBLE}. Lines in the file's first comment hold for all its rules. Immutable.
 */
public final class RuleHeader {

    /** The keys that a header line can have. */
    public enum Key {
        NAME,
        DESCRIPTION,
        SCHEMA,
        FORMAT,
        TIME_UNIT;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A header line's value.
     *
     * @param offset where in the file it begins
     */
    public record Value(String text, int offset) {}

    private static final Pattern LINE =
            Pattern.compile("^--[ \\t]*([a-z-]+):[ \\t]*(.*?)[ \\t\\r]*$", Pattern.MULTILINE);

    private final Map<Key, Value> values;

    private RuleHeader(Map<Key, Value> values) {
        this.values = values;
    }

    static RuleHeader empty() {
        return new RuleHeader(new EnumMap<>(Key.class));
    }

    /** Reads the header lines of a comment and adds them to this header's. */
    RuleHeader with(String comment, int offset) {
        Map<Key, Value> all = new EnumMap<>(Key.class);
        all.putAll(values);
        Matcher matcher = LINE.matcher(comment);
        while (matcher.find()) {
            for (Key key : Key.values()) {
                if (key.text().equals(matcher.group(1))) {
                    all.put(key, new Value(matcher.group(2), offset + matcher.start(2)));
                }
            }
        }
        return new RuleHeader(all);
    }

    /** The value of a key, if the header has it. */
    public Optional<Value> get(Key key) {
        return Optional.ofNullable(values.get(key));
    }
}
