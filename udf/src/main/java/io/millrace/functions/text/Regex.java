package io.millrace.functions.text;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.TextForm;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of PCRE, as Erlang runs it: on bytes, which are characters of Latin-1 to it.
 * So {@code .} is one byte, and {@code ^.$} does not match an {@code é}.
 *
 * <p>Java's engine runs what {@link RegexTranslation} makes of it. How long it may look at a text
 * is bounded. Immutable.
 */
public final class Regex {
    private static final int MOST_PATTERN = 1 << 16;

    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles a regular expression.
     *
     * @param regex a text or {@link Bytes}
     * @throws FunctionException {@code badarg} if it is none, or has what Java's engine cannot do
     */
    public static Regex compile(Object regex) {
        String bytes = Latin1.of(regex);
        if (bytes.length() > MOST_PATTERN) {
            throw refusal(regex, "it has more than " + MOST_PATTERN + " bytes");
        }
        try {
            String java = new RegexTranslation(bytes).translate();
            return new Regex(Pattern.compile(java, Pattern.UNIX_LINES | Pattern.UNICODE_CASE));
        } catch (RegexTranslation.Refused e) {
            throw refusal(regex, e.getMessage());
        } catch (PatternSyntaxException e) {
            throw refusal(regex, e.getDescription());
        } catch (StackOverflowError e) {
            throw refusal(regex, "its groups are too deep in each other");
        }
    }

    private static FunctionException refusal(Object regex, String why) {
        return new FunctionException(
                "badarg", Described.of(regex) + " is no regular expression: " + why + ".");
    }

    /** Whether it matches anywhere in a text. */
    public boolean matches(Object text) {
        String bytes = Latin1.of(text);
        return bounded(() -> pattern.matcher(new BoundedText(bytes)).find());
    }

    /** What the groups of the first match have, up to the last group that took part. */
    public List<Object> extract(Object text) {
        String bytes = Latin1.of(text);
        return bounded(() -> groups(pattern.matcher(new BoundedText(bytes)), bytes));
    }

    private static List<Object> groups(Matcher matcher, String bytes) {
        List<Object> groups = new ArrayList<>();
        if (matcher.find()) {
            int last = matcher.groupCount();
            while (last > 0 && matcher.start(last) < 0) {
                last--;
            }
            for (int i = 1; i <= last; i++) {
                int start = matcher.start(i);
                groups.add(start < 0 ? "" : Latin1.value(bytes.substring(start, matcher.end(i))));
            }
        }
        return groups;
    }

    /** Replaces all matches. */
    public Object replace(Object text, Replacement by) {
        String bytes = Latin1.of(text);
        Object replaced =
                bounded(() -> replaced(pattern.matcher(new BoundedText(bytes)), bytes, by));
        return replaced == null ? text : replaced;
    }

    /** Null if nothing matches. */
    private static Object replaced(Matcher matcher, String bytes, Replacement by) {
        if (!matcher.find()) {
            return null;
        }
        StringBuilder out = new StringBuilder(bytes.length());
        int from = 0;
        do {
            out.append(bytes, from, matcher.start());
            by.append(out, matcher, bytes);
            TextForm.limit(out.length());
            from = matcher.end();
        } while (matcher.find());
        return Latin1.value(out.append(bytes, from, bytes.length()).toString());
    }

    /** Something that looks for matches. */
    @FunctionalInterface
    private interface Search<T> {
        T run();
    }

    private <T> T bounded(Search<T> search) {
        try {
            return search.run();
        } catch (BoundedText.Exceeded | StackOverflowError e) {
            // Java's engine calls itself for each round of a group; PCRE has a limit as well.
            throw new FunctionException(
                    "match_limit",
                    Described.of(pattern.pattern())
                            + " takes too long on this text; write it so that no text can be matched"
                            + " in many ways, for example (a|b)* as [ab]*.");
        }
    }

    /** A text that may be looked at for so many times. */
    private static final class BoundedText implements CharSequence {
        private static final long FREE_LOOKS = 2_000_000;
        private static final int LOOKS_PER_CHARACTER = 40;

        private final String text;
        private long looks;

        BoundedText(String text) {
            this.text = text;
            looks = FREE_LOOKS + (long) LOOKS_PER_CHARACTER * text.length();
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--looks < 0) {
                throw new Exceeded();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }

        private static final class Exceeded extends RuntimeException {
            private static final long serialVersionUID = 1L;

            Exceeded() {
                super(null, null, false, false);
            }
        }
    }
}
