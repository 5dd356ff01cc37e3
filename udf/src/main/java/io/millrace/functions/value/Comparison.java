package io.millrace.functions.value;

import java.util.Objects;

/**
 * The operators that compare. Numbers and texts that hold numbers compare as numbers, names (such
 * as {@code true}) and texts as texts, all else by {@link TermOrder}. Undefined equals itself, and
 * no comparison with anything else holds for it, {@code !=} included.
 */
public enum Comparison {
    /** {@code =}. */
    EQUAL("=", false, true, false),
    /** {@code !=} and {@code <>}. */
    NOT_EQUAL("!=", true, false, true),
    /** {@code <}. */
    LESS("<", true, false, false),
    /** {@code <=}. */
    LESS_OR_EQUAL("<=", true, true, false),
    /** {@code >}. */
    GREATER(">", false, false, true),
    /** {@code >=}. */
    GREATER_OR_EQUAL(">=", false, true, true);

    private final String operator;
    private final boolean less;
    private final boolean equal;
    private final boolean greater;

    Comparison(String operator, boolean less, boolean equal, boolean greater) {
        this.operator = operator;
        this.less = less;
        this.equal = equal;
        this.greater = greater;
    }

    /** The operator as rules write it. */
    public String operator() {
        return operator;
    }

    /**
     * Whether it holds.
     *
     * @throws FunctionException {@code badarg} if a number is compared with a text that holds none
     */
    public boolean test(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return holds(Long.compare(a, b));
        }
        if (left instanceof Number a && right instanceof Number b) {
            return holds(TermOrder.numbers(a, b));
        }
        if (left == null || right == null) {
            return left == right && equal;
        }
        return holds(mixed(left, right));
    }

    private boolean holds(int order) {
        return order < 0 ? less : order == 0 ? equal : greater;
    }

    private static int mixed(Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            return a.equals(b) ? 0 : TermOrder.texts(a, b);
        }
        if (left instanceof Number a && isText(right)) {
            return TermOrder.numbers(a, number(right));
        }
        if (isText(left) && right instanceof Number b) {
            return TermOrder.numbers(number(left), b);
        }
        if (isName(left) && isText(right)) {
            return TermOrder.compare(left.toString(), right);
        }
        if (isText(left) && isName(right)) {
            return TermOrder.compare(left, right.toString());
        }
        return TermOrder.compare(left, right);
    }

    private static boolean isText(Object value) {
        return value instanceof String || value instanceof Bytes;
    }

    private static boolean isName(Object value) {
        return value instanceof Boolean || value == JsonNull.NULL || value instanceof Symbol;
    }

    private static Number number(Object text) {
        Number number = text instanceof String string ? NumberText.parse(string) : null;
        if (number == null) {
            throw new FunctionException(
                    "badarg",
                    "A number is compared with "
                            + Described.of(text)
                            + ", which holds none; compare it with a text, or correct the data.");
        }
        return number;
    }

    /**
     * Whether two values are the same without any conversion, as {@code IN} and {@code CASE x WHEN}
     * ask: an integer is no float, a symbol no text.
     */
    public static boolean same(Object left, Object right) {
        return Objects.equals(left, right);
    }
}
