package io.millrace.functions.text;

import io.millrace.functions.value.Integers;
import java.util.Iterator;
import java.util.List;

/**
 * One directive of an {@link ErlangFormat}.
 *
 * @param control the letter
 * @param width least or exact characters, {@link #NONE} or {@link #FROM_ARGUMENT}
 * @param left whether what is narrower is put left; an argument's sign says it too
 * @param precision as the width
 * @param pad what fills, or {@link #FROM_ARGUMENT}
 * @param unicode whether texts are read as UTF-8
 * @param texts whether what is printable may be written as text
 * @param ordered whether an argument says how maps are ordered
 */
record FormatDirective(
        char control,
        int width,
        boolean left,
        int precision,
        int pad,
        boolean unicode,
        boolean texts,
        boolean ordered) {
    static final int NONE = -1;
    static final int FROM_ARGUMENT = -2;

    /** No field is wider. */
    static final int MOST = 1 << 16;

    private static final String CONTROLS = "wpWPsefgbBxX+#c~ni";
    private static final Object MISSING = new Object();

    /**
     * Writes the next arguments.
     *
     * @return why not, or null if it could be done
     */
    String write(StringBuilder out, Iterator<?> arguments) {
        int field = width == FROM_ARGUMENT ? number(arguments) : width;
        boolean toLeft = left;
        if (width == FROM_ARGUMENT && field < 0) {
            toLeft = true;
            field = -field;
        }
        int digits = precision == FROM_ARGUMENT ? number(arguments) : precision;
        int filler = pad == FROM_ARGUMENT ? number(arguments) : pad;
        boolean wrong =
                field > MOST
                        || digits > MOST
                        || precision == FROM_ARGUMENT && digits < 0
                        || filler < 0
                        || filler > Character.MAX_VALUE;
        if (wrong) {
            return "a width, precision or filler is not from 0 to " + MOST;
        }
        if (ordered && next(arguments) == MISSING) {
            return "there are fewer arguments than directives";
        }
        FormatField result = new FormatField(out, field, toLeft, digits, (char) filler);
        if (control == '~') {
            result.repeated('~');
            return null;
        }
        if (control == 'n') {
            result.repeated('\n');
            return null;
        }
        Object argument = next(arguments);
        Object second = "xXWP".indexOf(control) >= 0 ? next(arguments) : null;
        if (argument == MISSING || second == MISSING) {
            return "there are fewer arguments than directives";
        }
        return write(result, argument, second)
                ? null
                : "~" + control + " does not take the argument it got";
    }

    private static Object next(Iterator<?> arguments) {
        return arguments.hasNext() ? arguments.next() : MISSING;
    }

    /** The next argument as a small integer, or one that is refused. */
    private static int number(Iterator<?> arguments) {
        Object argument = next(arguments);
        return argument instanceof Long number && Math.abs(number) <= MOST
                ? (int) (long) number
                : Integer.MAX_VALUE;
    }

    private boolean write(FormatField field, Object argument, Object second) {
        switch (control) {
            case 's':
                return text(field, argument);
            case 'w':
                field.value(argument, false);
                return true;
            case 'W':
                field.value(argument, false);
                return Integers.is(second);
            case 'p':
                return field.printed(argument, texts);
            case 'P':
                return Integers.is(second) && field.printed(argument, texts);
            case 'e', 'f', 'g':
                return argument instanceof Double number && field.real(number, control);
            case 'b', 'B':
                return Integers.is(argument) && field.integer(argument, "", control == 'b');
            case '+', '#':
                return Integers.is(argument) && field.integer(argument, null, control == '+');
            case 'x', 'X':
                return Integers.is(argument) && prefixed(field, argument, second);
            case 'c':
                return argument instanceof Long code && character(field, code);
            default:
                // ~i leaves an argument out.
                return true;
        }
    }

    private boolean text(FormatField field, Object argument) {
        StringBuilder text = new StringBuilder();
        String name = ErlangTerm.nameOf(argument);
        if (name != null) {
            text.append(name);
        } else if (unicode
                ? !CharacterData.append(text, argument)
                : !IoData.append(text, argument)) {
            return false;
        }
        return field.text(text);
    }

    private boolean prefixed(FormatField field, Object argument, Object prefix) {
        StringBuilder text = new StringBuilder();
        String name = ErlangTerm.nameOf(prefix);
        boolean right = name != null || prefix instanceof List && IoData.append(text, prefix);
        return right && field.integer(argument, name != null ? name : text, control == 'x');
    }

    private boolean character(FormatField field, long code) {
        long shown = unicode ? code : code & 0xff;
        // What is above Latin-1 is refused for the whole text.
        field.repeated(shown < 0 || shown > 0xff ? Character.MAX_VALUE : (char) shown);
        return true;
    }

    /** Reads one directive behind its tilde. */
    static final class Parser {
        private final String text;
        private int at;

        Parser(String text, int at) {
            this.text = text;
            this.at = at;
        }

        /** Where the directive ended. */
        int end() {
            return at;
        }

        /** Returns null if there is none. */
        FormatDirective parse() {
            boolean left = accept('-');
            int width = field();
            if (left && width == FROM_ARGUMENT) {
                return null;
            }
            int precision = accept('.') ? field() : NONE;
            int pad = ' ';
            if (accept('.')) {
                pad = accept('*') ? FROM_ARGUMENT : take();
            }
            boolean unicode = false;
            boolean texts = true;
            boolean ordered = false;
            while ("tlkK".indexOf(peek()) >= 0) {
                char modifier = (char) take();
                unicode |= modifier == 't';
                texts &= modifier != 'l';
                ordered |= modifier == 'K';
            }
            char control = (char) take();
            boolean known = CONTROLS.indexOf(control) >= 0 && width <= MOST && precision <= MOST;
            return known && !(left && width == NONE)
                    ? new FormatDirective(
                            control, width, left, precision, pad, unicode, texts, ordered)
                    : null;
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : Character.MAX_VALUE;
        }

        private int take() {
            char c = peek();
            at++;
            return c;
        }

        private boolean accept(char expected) {
            boolean there = peek() == expected;
            if (there) {
                at++;
            }
            return there;
        }

        private int field() {
            if (accept('*')) {
                return FROM_ARGUMENT;
            }
            int number = NONE;
            while (peek() >= '0' && peek() <= '9') {
                number = Math.min(Math.max(number, 0) * 10 + take() - '0', MOST + 1);
            }
            return number;
        }
    }
}
