package io.millrace.functions.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;

/**
 * An operator that accounts for its results. Numbers it computes as jq does, in floats: the
 * library's integers would overflow.
 */
record GuardedOperator(BinaryOperator inner, JqBudget budget) implements BinaryOperator {
    @Override
    public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right)
            throws JsonQueryException {
        if (left.isNumber() && right.isNumber()) {
            double a = left.doubleValue();
            double b = right.doubleValue();
            switch (image()) {
                case "+":
                    return JqValues.number(a + b);
                case "-":
                    return JqValues.number(a - b);
                case "*":
                    return JqValues.number(a * b);
                default:
                    return inner.apply(mapper, left, right);
            }
        }
        if ("*".equals(image())) {
            limitRepetition(left, right);
            limitRepetition(right, left);
        } else if ("+".equals(image()) && left.isTextual() && right.isTextual()) {
            budget.limit(
                    (double) left.textValue().length() + right.textValue().length(),
                    JqBudget.MOST_TEXT);
        }
        return budget.made(inner.apply(mapper, left, right));
    }

    private void limitRepetition(JsonNode text, JsonNode times) {
        if (text.isTextual() && times.isNumber()) {
            budget.limit(text.textValue().length() * times.doubleValue(), JqBudget.MOST_TEXT);
            // An empty text is repeated as often as any other.
            budget.limit(times.doubleValue(), JqBudget.MOST_TEXT);
        }
    }

    @Override
    public String image() {
        return inner.image();
    }
}
