package io.millrace.functions.text;

import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.FloatText;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;
import io.millrace.functions.value.TermOrder;
import io.millrace.functions.value.TextForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes values as Erlang's source has them, as Latin-1 and in one line. Used once. */
final class ErlangTerm {
    private static final int MOST_DEPTH = 500;
    private static final String ESCAPES = "\b\t\n\u000b\f\r\u001b";
    private static final String LETTERS = "btnvfre";
    private static final Set<String> RESERVED =
            Set.of(
                    "after", "and", "andalso", "band", "begin", "bnot", "bor", "bsl", "bsr", "bxor",
                    "case", "catch", "cond", "div", "else", "end", "fun", "if", "let", "maybe",
                    "not", "of", "or", "orelse", "receive", "rem", "try", "when", "xor");

    private final StringBuilder out;
    private final boolean texts;

    /**
     * Writes to the end of a text.
     *
     * @param texts whether what is printable is written as text and not as numbers
     */
    ErlangTerm(StringBuilder out, boolean texts) {
        this.out = out;
        this.texts = texts;
    }

    void write(Object value) {
        write(value, 0);
    }

    private void write(Object value, int depth) {
        if (depth > MOST_DEPTH) {
            throw new FunctionException(
                    "badarg", "Maps and arrays are more than " + MOST_DEPTH + " deep.");
        }
        TextForm.limit(out.length());
        if (value instanceof String || value instanceof Bytes) {
            binary(Latin1.of(value));
        } else if (value instanceof Double number) {
            out.append(FloatText.shortest(number));
        } else if (value instanceof Number || value instanceof Bits) {
            out.append(value);
        } else if (value instanceof List<?> list) {
            list(list, depth);
        } else if (value instanceof Map<?, ?> map) {
            map(map, depth);
        } else {
            atom(nameOf(value));
        }
    }

    /** The name that a value is, or null if it is no name. */
    static String nameOf(Object value) {
        if (value == null) {
            return "undefined";
        }
        boolean name =
                value instanceof Boolean || value instanceof Symbol || value == JsonNull.NULL;
        return name ? value.toString() : null;
    }

    private void atom(String name) {
        boolean plain = name.matches("[a-z][A-Za-z0-9_@]*") && !RESERVED.contains(name);
        if (plain) {
            out.append(name);
        } else {
            quoted(name, '\'');
        }
    }

    private void quoted(String text, char quote) {
        out.append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escape = ESCAPES.indexOf(c);
            if (c == quote || c == '\\') {
                out.append('\\').append(c);
            } else if (escape >= 0) {
                out.append('\\').append(LETTERS.charAt(escape));
            } else if (Latin1.isPrintable(c)) {
                out.append(c);
            } else {
                out.append("\\x{").append(Integer.toHexString(c)).append('}');
            }
        }
        out.append(quote);
    }

    private void binary(String bytes) {
        out.append("<<");
        if (texts && !bytes.isEmpty() && bytes.chars().allMatch(Latin1::isPrintable)) {
            quoted(bytes, '"');
        } else {
            for (int i = 0; i < bytes.length(); i++) {
                out.append(i == 0 ? "" : ",").append((int) bytes.charAt(i));
            }
        }
        out.append(">>");
    }

    private void list(List<?> list, int depth) {
        String text = texts ? printable(list) : null;
        if (text != null) {
            quoted(text, '"');
            return;
        }
        out.append('[');
        String before = "";
        for (Object element : list) {
            out.append(before);
            write(element, depth + 1);
            before = ",";
        }
        out.append(']');
    }

    private static String printable(List<?> list) {
        StringBuilder text = new StringBuilder(list.size());
        for (Object element : list) {
            if (!(element instanceof Long code)
                    || code < 0
                    || code > 255
                    || !Latin1.isPrintable((int) (long) code)) {
                return null;
            }
            text.append((char) (long) code);
        }
        return text.isEmpty() ? null : text.toString();
    }

    private void map(Map<?, ?> map, int depth) {
        List<Object> names = new ArrayList<>(map.keySet());
        names.sort(TermOrder::compare);
        out.append("#{");
        String before = "";
        for (Object name : names) {
            out.append(before);
            write(name, depth + 1);
            out.append(" => ");
            write(map.get(name), depth + 1);
            before = ",";
        }
        out.append('}');
    }
}
