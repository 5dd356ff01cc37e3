package io.millrace.rule.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Says of an operator what its state means, so that the state is taken over by the same operator of
 * a changed job and by no other. The meaning is made of what Flink's plan says of the operator and
 * of all before it, with two exceptions: a condition decides which rows come, not what is made of
 * them, so a changed WHERE goes on with open windows; and of a topic counts nothing, since what is
 * read of it depends on all rules of the job. Stateless.
 */
final class OperatorMeaning {
    private static final int DIGITS = 12;
    private static final Pattern NUMBER_OF_NODE = Pattern.compile("^\\[\\d+\\]:");
    private static final Pattern NUMBERED_FUNCTION =
            Pattern.compile("\\b(millrace_(?:count|rule)_)\\d+");
    private static final Pattern NAME_BY_PLACE = Pattern.compile(" AS EXPR\\$\\d+");
    private static final String CONDITION = "where=[";

    private OperatorMeaning() {}

    /**
     * The digits that stand for a meaning.
     *
     * @param description what the plan says of the operator
     * @param types what its inputs are made of, as bytes that are equal for equal types
     * @param inputs the meanings of the operators before it
     */
    static String of(String description, List<byte[]> types, List<String> inputs) {
        MessageDigest digest = sha256();
        update(digest, canonical(description).getBytes(UTF_8));
        types.forEach(type -> update(digest, type));
        inputs.forEach(input -> update(digest, input.getBytes(UTF_8)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    /** With its length before it, so that no two lists of parts make the same bytes. */
    private static void update(MessageDigest digest, byte[] part) {
        digest.update((part.length + ":").getBytes(UTF_8));
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java knows SHA-256", e);
        }
    }

    /** A description without what depends on other rules, and a filter's without its condition. */
    static String canonical(String description) {
        String text = NUMBER_OF_NODE.matcher(description).replaceFirst("");
        text = NUMBERED_FUNCTION.matcher(text).replaceAll("$1");
        // The SELECT's columns are counted, those that are no state's among them.
        text = NAME_BY_PLACE.matcher(text).replaceAll(" AS EXPR\\$");
        return text.startsWith("Calc(") ? withoutCondition(text) : text;
    }

    private static String withoutCondition(String calc) {
        int start = topLevel(calc, CONDITION);
        if (start < 0) {
            return calc;
        }
        int end = closing(calc, start + CONDITION.length());
        String before = calc.substring(0, start).replaceFirst(",\\s*$", "");
        return before + calc.substring(end);
    }

    /** Where a text stands as a member of the outermost brackets; -1 if it does not. */
    private static int topLevel(String text, String wanted) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                i = endOfLiteral(text, i);
            } else if (depth == 1 && text.startsWith(wanted, i)) {
                return i;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            }
        }
        return -1;
    }

    /** The place behind the bracket that closes what was open at a place. */
    private static int closing(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                i = endOfLiteral(text, i);
            } else if (c == '(' || c == '[') {
                depth++;
            } else if ((c == ')' || c == ']') && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static int endOfLiteral(String text, int quote) {
        int end = text.indexOf('\'', quote + 1);
        return end < 0 ? text.length() : end;
    }
}
