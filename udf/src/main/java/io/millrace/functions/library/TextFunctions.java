package io.millrace.functions.library;

import io.millrace.functions.text.Graphemes;
import io.millrace.functions.text.Unescape;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.FunctionException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The part of the group {@code string} that looks at one text. */
final class TextFunctions {
    static final Parameter S = Parameter.of("s", Kind.TEXT);

    private static final String BAD = "bad_sql_function_argument";
    private static final String SPACES =
            "White space is that of Unicode's patterns, not only spaces.";
    private static final Parameter START = Parameter.of("start", Kind.INTEGER);
    private static final Parameter LENGTH = Parameter.of("len", Kind.INTEGER);
    private static final char SIGMA = 'Σ';

    private final FunctionGroup group;

    private TextFunctions(FunctionGroup group) {
        this.group = group;
    }

    static void define(Function<String, FunctionGroup> library) {
        TextFunctions functions = new TextFunctions(library.apply("string"));
        functions.defineLetters();
        functions.defineTrims();
        functions.defineParts();
        functions.definePad();
    }

    private void defineLetters() {
        simple("lower", "A text in lower case.", TextFunctions::lower)
                .example("lower('ABC')", "\"abc\"")
                .add();
        simple("upper", "A text in upper case.", text -> text.toUpperCase(Locale.ROOT))
                .example("upper('straße')", "\"STRASSE\"")
                .add();
        simple("unescape", "A text with \\n, \\t, \\x41 and other escapes replaced.", Unescape::of)
                .example("unescape('a\\tb\\x41')", "\"a\\tbA\"")
                .add();
        group.function(
                        "reverse",
                        "A text from its end to its beginning. Right for ASCII only: é becomes a"
                                + " byte that is no UTF-8, and what is beyond Latin-1 an error.")
                .overload(Kind.TEXT, arguments -> reverse((String) arguments[0]), S)
                .inFlink("Flink's own knows Unicode.")
                .example("reverse('abc')", "\"cba\"")
                .add();
        group.function("ascii", "The first byte of a text in UTF-8.")
                .overload(
                        Kind.INTEGER,
                        arguments -> firstByte(arguments[0]),
                        Parameter.of("s", Kind.BYTES).namesAsTexts())
                .inFlink("Flink's own differs for the empty text and beyond ASCII.")
                .example("ascii('a')", "97")
                .add();
    }

    private FunctionGroup.Definition simple(
            String name, String description, UnaryOperator<String> operator) {
        return group.function(name, description)
                .overload(Kind.TEXT, arguments -> operator.apply((String) arguments[0]), S);
    }

    /** Erlang has no other form of sigma for the end of a word, Java has. */
    private static String lower(String text) {
        int sigma = text.indexOf(SIGMA);
        if (sigma < 0) {
            return text.toLowerCase(Locale.ROOT);
        }
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        for (; sigma >= 0; sigma = text.indexOf(SIGMA, from)) {
            out.append(text.substring(from, sigma).toLowerCase(Locale.ROOT)).append('σ');
            from = sigma + 1;
        }
        return out.append(text.substring(from).toLowerCase(Locale.ROOT)).toString();
    }

    private static Object reverse(String text) {
        byte[] reversed = new byte[text.length()];
        Graphemes graphemes = new Graphemes(text);
        int end = 0;
        for (int at = 0; at < text.length(); at = end) {
            end = graphemes.end(at);
            for (int i = at; i < end; i++) {
                char c = text.charAt(i);
                if (c > 0xff) {
                    throw new FunctionException(
                            "badarg", "reverse: '" + c + "' is beyond Latin-1; allowed is ASCII.");
                }
                reversed[text.length() - end + i - at] = (byte) c;
            }
        }
        return Bytes.value(reversed);
    }

    private static Object firstByte(Object text) {
        if (text instanceof String some && !some.isEmpty() && some.charAt(0) < 0x80) {
            return (long) some.charAt(0);
        }
        byte[] bytes = Bytes.of(text);
        if (bytes.length == 0) {
            throw new FunctionException(BAD, "ascii: s is empty; it must have a byte.");
        }
        return (long) (bytes[0] & 0xff);
    }

    private void defineTrims() {
        group.function("ltrim", "A text without the white space at its beginning.")
                .overload(
                        Kind.ANY, arguments -> trimStart(arguments[0]), Parameter.of("s", Kind.ANY))
                .inFlink(SPACES)
                .example("ltrim('  a ')", "\"a \"")
                .add();
        group.function("rtrim", "A text without the white space, or other characters, at its end.")
                .overload(Kind.TEXT, arguments -> Trim.end((String) arguments[0]), S)
                .overload(
                        Kind.TEXT,
                        arguments -> Trim.end((String) arguments[0], (String) arguments[1]),
                        S,
                        Parameter.of("chars", Kind.TEXT).refusing(BAD))
                .inFlink(SPACES)
                .example("rtrim('  a ')", "\"  a\"")
                .example("rtrim('axyx', 'xy')", "\"a\"")
                .add();
        simple("trim", "A text without the white space around it.", t -> Trim.end(Trim.start(t)))
                .inFlink(SPACES)
                .example("trim('  a ')", "\"a\"")
                .add();
    }

    /** EMQX takes arrays too, which are texts to Erlang. */
    private static Object trimStart(Object value) {
        return value instanceof List<?> codes
                ? Trim.start(codes)
                : Trim.start((String) S.argument(value, "ltrim"));
    }

    private void defineParts() {
        group.function("strlen", "How many characters a text has, accents not counted.")
                .overload(
                        Kind.INTEGER, arguments -> (long) Graphemes.count((String) arguments[0]), S)
                .inFlink("CHAR_LENGTH counts accents too.")
                .example("strlen('héllo')", "5")
                .add();
        group.function(
                        "substr",
                        "The part of a text from a character on, 0 being the first, perhaps of a"
                                + " length.")
                .overload(
                        Kind.TEXT,
                        arguments -> part((String) arguments[0], arguments[1], Long.MAX_VALUE),
                        S,
                        START)
                .overload(
                        Kind.TEXT,
                        arguments -> part((String) arguments[0], arguments[1], arguments[2]),
                        S,
                        START,
                        LENGTH)
                .inFlink("Flink's own counts from 1, and from the end if start is negative.")
                .example("substr('abcdef', 2)", "\"cdef\"")
                .example("substr('abcdef', 2, 3)", "\"cde\"")
                .add();
    }

    private static String part(String text, Object start, Object length) {
        long from = count("start", start);
        long most = count("len", length);
        Graphemes graphemes = new Graphemes(text);
        int begin = graphemes.skip(0, from);
        return text.substring(begin, graphemes.skip(begin, most));
    }

    /** More than a long holds is more than any text has. */
    private static long count(String parameter, Object number) {
        long count = number instanceof Long some ? some : Long.MAX_VALUE;
        boolean negative =
                count < 0 || number instanceof java.math.BigInteger big && big.signum() < 0;
        if (negative) {
            throw new FunctionException(
                    BAD, "substr: " + parameter + " is " + number + "; it must not be negative.");
        }
        return count;
    }

    private void definePad() {
        Parameter side = Parameter.of("side", Kind.TEXT).refusing(BAD);
        Parameter filler = Parameter.of("char", Kind.TEXT).refusing(BAD);
        group.function(
                        "pad",
                        "A text filled up to a length with spaces or another character, behind it or"
                                + " on the side that is named.")
                .overload(Kind.TEXT, a -> Padding.TRAILING.pad((String) a[0], a[1], " "), S, LENGTH)
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            CompiledArgument<Padding> compiled = side(constants, side);
                            return a -> compiled.of(a[2]).pad((String) a[0], a[1], " ");
                        },
                        S,
                        LENGTH,
                        side)
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            CompiledArgument<Padding> compiled = side(constants, side);
                            return a -> compiled.of(a[2]).pad((String) a[0], a[1], (String) a[3]);
                        },
                        S,
                        LENGTH,
                        side,
                        filler)
                .inFlink("Flink's LPAD and RPAD cut what is longer.")
                .example("pad('abc', 5)", "\"abc  \"")
                .example("pad('abc', 6, 'both')", "\" abc  \"")
                .example("pad('abc', 5, 'leading', '*')", "\"**abc\"")
                .add();
    }

    private static CompiledArgument<Padding> side(Constants constants, Parameter side) {
        return CompiledArgument.of(constants, 2, "pad", side, name -> Padding.named((String) name));
    }
}
