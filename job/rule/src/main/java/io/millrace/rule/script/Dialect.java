package io.millrace.rule.script;

import io.millrace.common.DidYouMean;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The languages that a rule can be written in. */
public enum Dialect {
    /** Flink SQL. */
    FLINK,
    /** The rule language of EMQX, behind {@code INSERT INTO}. */
    EMQX;

    /** What {@code SET} changes for the statements after it. */
    public static final String OPTION = "rule.dialect";

    /** As the option writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the option.
     *
     * @throws IllegalArgumentException if it is none of them; says what is allowed
     */
    public static Dialect of(String text) {
        List<String> allowed = Stream.of(values()).map(Dialect::text).toList();
        return Stream.of(values())
                .filter(dialect -> dialect.text().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "Option '%s' is '%s'; allowed are 'flink' and 'emqx'.%s"
                                                .formatted(
                                                        OPTION,
                                                        text,
                                                        DidYouMean.hint(allowed, text))));
    }
}
