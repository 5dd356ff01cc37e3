package io.millrace.rule.emqx;

import io.millrace.functions.value.Arithmetic;
import io.millrace.rule.emqx.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values that are written in a rule. Stateless. */
final class Literals {
    private Literals() {}

    /** The value of an expression that is a literal, a signed number or an array of such. */
    static Optional<Object> value(Expr expr) {
        if (expr instanceof Expr.Constant constant) {
            return Optional.of(constant.value());
        }
        if (expr instanceof Expr.Sign sign) {
            return value(sign.operand())
                    .filter(Number.class::isInstance)
                    .map(number -> sign.minus() ? Arithmetic.negate(number) : number);
        }
        if (expr instanceof Expr.Array array) {
            List<Object> values = new ArrayList<>(array.elements().size());
            for (Expr element : array.elements()) {
                Optional<Object> value = value(element);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                values.add(value.get());
            }
            return Optional.of(values);
        }
        return Optional.empty();
    }
}
