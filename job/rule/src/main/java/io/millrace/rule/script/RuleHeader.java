package io.millrace.rule.script;

import io.millrace.common.DidYouMean;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /**
     * A line that looks like a header line and is none.
     *
     * @param key what stands there
     * @param meant the key that is probably meant
     * @param offset where in the file the line's key begins
     */
    public record Doubtful(String key, String meant, int offset) {}

    private static final Pattern LINE =
            Pattern.compile("^--[ \\t]*([A-Za-z_-]+):[ \\t]*(.*?)[ \\t\\r]*$", Pattern.MULTILINE);
    private static final List<String> KEYS = Stream.of(Key.values()).map(Key::text).toList();

    private final Map<Key, Value> values;
    private final List<Doubtful> doubtful;

    private RuleHeader(Map<Key, Value> values, List<Doubtful> doubtful) {
        this.values = values;
        this.doubtful = List.copyOf(doubtful);
    }

    static RuleHeader empty() {
        return new RuleHeader(new EnumMap<>(Key.class), List.of());
    }

    /** Reads the header lines of a comment and adds them to this header's. */
    RuleHeader with(String comment, int offset) {
        Map<Key, Value> all = new EnumMap<>(Key.class);
        all.putAll(values);
        List<Doubtful> doubts = new ArrayList<>(doubtful);
        Matcher matcher = LINE.matcher(comment);
        while (matcher.find()) {
            String text = matcher.group(1);
            int at = KEYS.indexOf(text);
            if (at >= 0) {
                all.put(Key.values()[at], new Value(matcher.group(2), offset + matcher.start(2)));
            } else {
                int place = offset + matcher.start(1);
                DidYouMean.among(KEYS, text)
                        .ifPresent(meant -> doubts.add(new Doubtful(text, meant, place)));
            }
        }
        return new RuleHeader(all, doubts);
    }

    /** Lines with a key that is not known and looks like one that is. */
    public List<Doubtful> doubtful() {
        return doubtful;
    }

    /** The value of a key, if the header has it. */
    public Optional<Value> get(Key key) {
        return Optional.ofNullable(values.get(key));
    }
}
