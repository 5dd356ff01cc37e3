package io.millrace.functions.text;

import io.millrace.functions.text.RegexTranslation.Refused;
import java.util.Map;

/** Turns one class of a regular expression of PCRE into Java's, from behind its first bracket. */
final class RegexClass {
    private static final Map<String, String> NAMED =
            Map.ofEntries(
                    Map.entry("alpha", "A-Za-z\\xAA\\xB5\\xBA\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\xFF"),
                    Map.entry("lower", "a-z\\xB5\\xDF-\\xF6\\xF8-\\xFF"),
                    Map.entry("upper", "A-Z\\xC0-\\xD6\\xD8-\\xDE"),
                    Map.entry("digit", "0-9"),
                    Map.entry("alnum", "A-Za-z0-9\\xAA\\xB5\\xBA\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\xFF"),
                    Map.entry("word", RegexEscapes.WORD),
                    Map.entry("space", "\\x20\\t-\\r"),
                    Map.entry("blank", "\\x20\\t"),
                    Map.entry("xdigit", "0-9A-Fa-f"),
                    Map.entry("cntrl", "\\x00-\\x1F\\x7F-\\x9F"),
                    Map.entry("graph", "\\x21-\\x7E\\xA0-\\xFF"),
                    Map.entry("print", "\\x20-\\x7E\\xA0-\\xFF"),
                    Map.entry("punct", "\\x21-\\x2F:-@\\x5B-\\x60\\x7B-\\x7E\\xA1-\\xBF\\xD7\\xF7"),
                    Map.entry("ascii", "\\x00-\\x7F"));

    private final RegexSource source;
    private final RegexEscapes escapes;

    RegexClass(RegexSource source, RegexEscapes escapes) {
        this.source = source;
        this.escapes = escapes;
    }

    void translate(StringBuilder out) throws Refused {
        out.append(source.accept("^") ? "[^" : "[");
        boolean first = true;
        while (first || source.peek(0) != ']') {
            if (source.atEnd()) {
                throw new Refused("a [ is not closed");
            }
            member(out);
            first = false;
        }
        source.next();
        out.append(']');
    }

    /** One character, a range or a set. */
    private void member(StringBuilder out) throws Refused {
        if (quoted(out)) {
            return;
        }
        int from = single(out);
        if (from < 0) {
            return;
        }
        boolean range = source.peek(0) == '-' && source.peek(1) != ']' && source.peek(1) != 0;
        RegexEscapes.literal(out, from);
        if (!range) {
            return;
        }
        source.next();
        StringBuilder set = new StringBuilder();
        int to = single(set);
        if (to < 0) {
            out.append("\\-").append(set);
        } else if (to < from) {
            throw new Refused("a range in [] is out of order");
        } else {
            RegexEscapes.literal(out.append('-'), to);
        }
    }

    private boolean quoted(StringBuilder out) {
        if (source.accept("\\Q")) {
            source.quoted().chars().forEach(c -> RegexEscapes.literal(out, c));
            return true;
        }
        return source.accept("\\E");
    }

    /** Takes one character, or appends a set and returns -1. */
    private int single(StringBuilder out) throws Refused {
        char c = source.next();
        if (c == '\\') {
            return escapes.inside(out);
        }
        if (c == '[' && source.sees(":")) {
            return named(out) ? -1 : c;
        }
        return c;
    }

    private boolean named(StringBuilder out) throws Refused {
        for (Map.Entry<String, String> named : NAMED.entrySet()) {
            if (source.accept(":" + named.getKey() + ":]")) {
                out.append(named.getValue());
                return true;
            }
            if (source.accept(":^" + named.getKey() + ":]")) {
                out.append("[^").append(named.getValue()).append(']');
                return true;
            }
        }
        return false;
    }
}
