package io.millrace.functions.jq;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * A regular expression of a program. Java's are used, since the library's can take for ever and
 * cannot be stopped. Java's names of groups have letters and digits only, so names are kept here.
 *
 * @param names of groups by number, the whole being 0; null for a group without
 */
record JqPattern(Pattern pattern, List<String> names, boolean all, boolean skipsEmpty) {

    /**
     * Compiles an expression.
     *
     * @param flags letters, or null for none
     */
    static JqPattern compile(String expression, String flags) throws JsonQueryException {
        int options = 0;
        boolean all = false;
        boolean skipsEmpty = false;
        for (char flag : flags == null ? new char[0] : flags.toCharArray()) {
            switch (flag) {
                case 'g' -> all = true;
                case 'i' -> options |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                case 'x' -> options |= Pattern.COMMENTS;
                case 's' -> options |= Pattern.DOTALL;
                case 'n' -> skipsEmpty = true;
                case 'p' -> {
                    options |= Pattern.DOTALL;
                    skipsEmpty = true;
                }
                case 'l' -> {
                    // The longest: Java has the first only.
                }
                default -> throw new JsonQueryException(flags + " is not a valid modifier string");
            }
        }
        List<String> names = new ArrayList<>();
        names.add(null);
        try {
            return new JqPattern(
                    Pattern.compile(unnamed(expression, names), options), names, all, skipsEmpty);
        } catch (PatternSyntaxException e) {
            throw new JsonQueryException(expression + " is not a valid regex: " + e.getMessage());
        }
    }

    /** Takes the names of groups out of an expression. */
    private static String unnamed(String expression, List<String> names) {
        StringBuilder out = new StringBuilder(expression.length());
        int brackets = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\' && i + 1 < expression.length()) {
                i = escape(expression, i, names, out);
                continue;
            }
            brackets += c == '[' ? 1 : c == ']' && brackets > 0 ? -1 : 0;
            out.append(c);
            if (c == '(' && brackets == 0) {
                i = group(expression, i, names);
            }
        }
        return out.toString();
    }

    /** Copies an escape; a reference to a name becomes one to its number. */
    private static int escape(String expression, int at, List<String> names, StringBuilder out) {
        int end = expression.indexOf('>', at);
        if (expression.startsWith("\\k<", at) && end > 0) {
            int number = names.indexOf(expression.substring(at + 3, end));
            if (number > 0) {
                // In a group, so that a digit behind it is not taken for a part of it.
                out.append("(?:\\").append(number).append(')');
                return end;
            }
        }
        out.append(expression, at, at + 2);
        return at + 1;
    }

    /** Returns the last character of a name that is left out, or where the group begins. */
    private static int group(String expression, int at, List<String> names) {
        if (!expression.startsWith("(?", at)) {
            names.add(null);
            return at;
        }
        int start = at + (expression.startsWith("(?P<", at) ? 4 : 3);
        int end = expression.indexOf('>', start);
        boolean named =
                expression.startsWith("<", start - 1)
                        && end > start
                        && Character.isLetter(expression.charAt(start));
        if (!named) {
            return at;
        }
        names.add(expression.substring(start, end));
        return end;
    }

    /** Applies the expression to a text; each character that is looked at is a step. */
    Matcher matcher(String text, JqBudget budget) {
        return pattern.matcher(new Watched(text, budget));
    }

    private record Watched(CharSequence text, JqBudget budget) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            budget.spend(1);
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
