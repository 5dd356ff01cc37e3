package io.millrace.functions.text;

import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.TextForm;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A format of Erlang's {@code io:format}: {@code ~s} a text, {@code ~p} and {@code ~w} any value,
 * {@code ~b} an integer, {@code ~.2f} a float, {@code ~n} a line end, {@code ~~} a tilde and the
 * others. Terms are written in one line. Immutable.
 */
public final class ErlangFormat {
    private static final String HEAD = "badarg";
    private static final int MOST_FORMAT = 1 << 16;

    /** Texts and {@link FormatDirective}s. */
    private final List<Object> parts = new ArrayList<>();

    private final String format;

    private ErlangFormat(String format) {
        this.format = format;
    }

    /**
     * Compiles a format.
     *
     * @param format a text or {@link io.millrace.functions.value.Bytes}
     * @throws FunctionException {@code badarg} if something in it is not known
     */
    public static ErlangFormat compile(Object format) {
        ErlangFormat compiled = new ErlangFormat(Described.of(format));
        String bytes = Latin1.of(format);
        if (bytes.length() > MOST_FORMAT) {
            throw compiled.refusal("it has more than " + MOST_FORMAT + " bytes");
        }
        compiled.parse(bytes);
        return compiled;
    }

    private void parse(String text) {
        int from = 0;
        for (int at = text.indexOf('~'); at >= 0; at = text.indexOf('~', from)) {
            parts.add(text.substring(from, at));
            FormatDirective.Parser parser = new FormatDirective.Parser(text, at + 1);
            FormatDirective directive = parser.parse();
            if (directive == null) {
                throw refusal("what begins at " + (at + 1) + " is no directive");
            }
            parts.add(directive);
            from = parser.end();
        }
        parts.add(text.substring(from));
    }

    /**
     * Writes arguments.
     *
     * @return a text, or bytes if it is no UTF-8
     * @throws FunctionException {@code badarg} if there are too many or too few, or one has not the
     *     kind that its directive needs
     */
    public Object format(List<?> arguments) {
        StringBuilder out = new StringBuilder();
        Iterator<?> rest = arguments.iterator();
        for (Object part : parts) {
            if (part instanceof FormatDirective directive) {
                String why = directive.write(out, rest);
                if (why != null) {
                    throw refusal(why);
                }
            } else {
                out.append((String) part);
            }
            TextForm.limit(out.length());
        }
        if (rest.hasNext()) {
            throw refusal("there are more arguments than directives");
        }
        if (out.chars().anyMatch(c -> c > 0xff)) {
            throw refusal(
                    "~ts and ~tp give a character that is not in Latin-1, which no text of a rule"
                            + " takes; ~s and ~p do");
        }
        return Latin1.value(out.toString());
    }

    private FunctionException refusal(String why) {
        return new FunctionException(
                HEAD, "The format " + format + " cannot be followed: " + why + ".");
    }
}
