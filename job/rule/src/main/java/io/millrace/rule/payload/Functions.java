package io.millrace.rule.payload;

import static java.util.Map.entry;

import io.millrace.functions.library.Kind;
import io.millrace.functions.library.Library;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.VarCharType;

/** What functions ask of their arguments, as far as it decides a payload member's type. */
final class Functions {

    /** How a function treats its arguments. */
    enum Arguments {
        /** Texts. */
        TEXT,
        /** Any numbers. */
        NUMBER,
        /** Numbers of the kind that the result is wanted in. */
        NUMBER_LIKE_RESULT,
        /** The type that the result is wanted in. */
        LIKE_RESULT,
        /** Whole numbers: epochs and counts. */
        WHOLE_NUMBER,
        /** Nothing is known. */
        ANY
    }

    private static final Map<String, Arguments> KNOWN =
            Map.ofEntries(
                    entry("UPPER", Arguments.TEXT),
                    entry("LOWER", Arguments.TEXT),
                    entry("TRIM", Arguments.TEXT),
                    entry("CONCAT", Arguments.TEXT),
                    entry("CONCAT_WS", Arguments.TEXT),
                    entry("REPLACE", Arguments.TEXT),
                    entry("INITCAP", Arguments.TEXT),
                    entry("CHAR_LENGTH", Arguments.TEXT),
                    entry("MD5", Arguments.TEXT),
                    entry("SHA1", Arguments.TEXT),
                    entry("SHA256", Arguments.TEXT),
                    entry("TO_DATE", Arguments.TEXT),
                    entry("TO_TIMESTAMP", Arguments.TEXT),
                    entry("RFC3339_TO_UNIX_TS", Arguments.TEXT),
                    entry("DATE_TO_UNIX_TS", Arguments.TEXT),
                    entry("REGEXP", Arguments.TEXT),
                    entry("REGEXP_REPLACE", Arguments.TEXT),
                    entry("ROUND", Arguments.NUMBER),
                    entry("FLOOR", Arguments.NUMBER),
                    entry("CEIL", Arguments.NUMBER),
                    entry("CEILING", Arguments.NUMBER),
                    entry("SQRT", Arguments.NUMBER),
                    entry("POWER", Arguments.NUMBER),
                    entry("EXP", Arguments.NUMBER),
                    entry("LN", Arguments.NUMBER),
                    entry("LOG10", Arguments.NUMBER),
                    entry("SIN", Arguments.NUMBER),
                    entry("COS", Arguments.NUMBER),
                    entry("TAN", Arguments.NUMBER),
                    entry("AVG", Arguments.NUMBER),
                    entry("STDDEV_POP", Arguments.NUMBER),
                    entry("STDDEV_SAMP", Arguments.NUMBER),
                    entry("VAR_POP", Arguments.NUMBER),
                    entry("VAR_SAMP", Arguments.NUMBER),
                    entry("ABS", Arguments.NUMBER_LIKE_RESULT),
                    entry("SUM", Arguments.NUMBER_LIKE_RESULT),
                    entry("MIN", Arguments.LIKE_RESULT),
                    entry("MAX", Arguments.LIKE_RESULT),
                    entry("COALESCE", Arguments.LIKE_RESULT),
                    entry("COALESCE_NE", Arguments.LIKE_RESULT),
                    entry("IFNULL", Arguments.LIKE_RESULT),
                    entry("GREATEST", Arguments.LIKE_RESULT),
                    entry("LEAST", Arguments.LIKE_RESULT),
                    entry("FIRST_VALUE", Arguments.LIKE_RESULT),
                    entry("LAST_VALUE", Arguments.LIKE_RESULT),
                    entry("LAG", Arguments.LIKE_RESULT),
                    entry("LEAD", Arguments.LIKE_RESULT),
                    entry("TO_TS", Arguments.WHOLE_NUMBER),
                    entry("TO_TIMESTAMP_LTZ", Arguments.WHOLE_NUMBER),
                    entry("FROM_UNIXTIME", Arguments.WHOLE_NUMBER),
                    entry("UNIX_TS_TO_RFC3339", Arguments.WHOLE_NUMBER),
                    entry("FORMAT_DATE", Arguments.WHOLE_NUMBER));

    /** Functions that answer an element of an array. */
    private static final Set<String> ELEMENTS = Set.of("nth", "first", "last");

    private Functions() {}

    /** What a function asks of its arguments where its result is wanted as {@code result}. */
    static Hint arguments(String function, Hint result) {
        return switch (KNOWN.getOrDefault(function.toUpperCase(Locale.ROOT), Arguments.ANY)) {
            case TEXT -> Hint.of(VarCharType.STRING_TYPE);
            case NUMBER -> Hint.NUMBER;
            case NUMBER_LIKE_RESULT -> number(result);
            case LIKE_RESULT -> result;
            case WHOLE_NUMBER -> Hint.of(new BigIntType());
            case ANY -> Hint.NONE;
        };
    }

    /**
     * What a function of the library asks of one argument: its type, or for an array the type of
     * its elements.
     */
    static Hint argument(String function, int count, int position, Hint result) {
        return kind(function, count, position)
                .map(
                        kind ->
                                switch (kind) {
                                    case INTEGER -> Hint.of(new BigIntType());
                                    case FLOAT, NUMBER -> Hint.NUMBER;
                                    case BOOLEAN -> Hint.of(new BooleanType());
                                    case TEXT, BYTES, BITS -> Hint.of(VarCharType.STRING_TYPE);
                                    case ARRAY ->
                                            ELEMENTS.contains(lower(function)) ? result : Hint.NONE;
                                    case MAP, ANY -> Hint.NONE;
                                })
                .orElse(Hint.NONE);
    }

    /** Whether a function of the library takes an array there. */
    static boolean takesArray(String function, int count, int position) {
        return kind(function, count, position).filter(Kind.ARRAY::equals).isPresent();
    }

    private static Optional<Kind> kind(String function, int count, int position) {
        return Library.standard()
                .find(lower(function))
                .flatMap(found -> found.overload(count))
                .map(overload -> overload.parameter(position).kind());
    }

    private static String lower(String function) {
        return function.toLowerCase(Locale.ROOT);
    }

    /** Whether what a function asks is the same for all its arguments, and known. */
    static boolean isKnown(String function) {
        return KNOWN.containsKey(function.toUpperCase(Locale.ROOT));
    }

    /** A number of the kind that a result is wanted in, or any number. */
    static Hint number(Hint result) {
        return Hint.of(Widening.forArithmetic(result.type())).or(Hint.NUMBER);
    }
}
