package io.millrace.rule.emqx;

import io.millrace.functions.value.Arithmetic;
import io.millrace.functions.value.Comparison;
import io.millrace.functions.value.FunctionException;
import io.millrace.rule.emqx.syntax.Expr;
import java.util.ArrayList;
import java.util.List;

/** Turns expressions into closures, for one place of a rule. */
final class ExpressionCompiler {
    /** Longer arrays from a range are refused: a rule has no use for them, and memory ends. */
    static final long MAX_RANGE = 1_000_000;

    private final Names names;
    private final Calls calls;

    ExpressionCompiler(Names names, Calls calls) {
        this.names = names;
        this.calls = calls;
    }

    /** Compiles an expression. */
    Code compile(Expr expr) {
        if (expr instanceof Expr.Constant constant) {
            Object value = constant.value();
            return frame -> value;
        }
        if (expr instanceof Expr.Path path) {
            return names.path(path);
        }
        if (expr instanceof Expr.Call call) {
            return calls.compile(call, all(call.arguments()), names.seesMessage());
        }
        if (expr instanceof Expr.Arithmetic arithmetic) {
            return arithmetic(arithmetic);
        }
        if (expr instanceof Expr.Comparison comparison) {
            return comparison(comparison);
        }
        if (expr instanceof Expr.Case cases) {
            return cases(cases);
        }
        if (expr instanceof Expr.Sign sign) {
            Code operand = compile(sign.operand());
            return sign.minus() ? frame -> Arithmetic.negate(operand.run(frame)) : operand;
        }
        if (expr instanceof Expr.Array array) {
            return array(all(array.elements()));
        }
        if (expr instanceof Expr.Slice slice) {
            Code array = names.path(slice.array());
            return frame -> Slices.of(array.run(frame), slice.first(), slice.last());
        }
        if (expr instanceof Expr.Range range) {
            return range(range);
        }
        return failing("function_clause", "AND, OR, NOT and IN are no values.");
    }

    private Code[] all(List<Expr> expressions) {
        return expressions.stream().map(this::compile).toArray(Code[]::new);
    }

    private Code arithmetic(Expr.Arithmetic arithmetic) {
        Code left = compile(arithmetic.left());
        Code right = compile(arithmetic.right());
        return switch (arithmetic.operator()) {
            case "+" -> frame -> Arithmetic.add(left.run(frame), right.run(frame));
            case "-" -> frame -> Arithmetic.subtract(left.run(frame), right.run(frame));
            case "*" -> frame -> Arithmetic.multiply(left.run(frame), right.run(frame));
            case "/" -> frame -> Arithmetic.divide(left.run(frame), right.run(frame));
            case "div" -> frame -> Arithmetic.div(left.run(frame), right.run(frame));
            default -> frame -> Arithmetic.mod(left.run(frame), right.run(frame));
        };
    }

    private Code comparison(Expr.Comparison comparison) {
        Code left = compile(comparison.left());
        Code right = compile(comparison.right());
        if (comparison.operator().equals("=~")) {
            return frame -> matches(left.run(frame), right.run(frame));
        }
        for (Comparison known : Comparison.values()) {
            if (known.operator().equals(comparison.operator())) {
                return frame -> known.test(left.run(frame), right.run(frame));
            }
        }
        throw new IllegalStateException(comparison.operator());
    }

    private static Boolean matches(Object topic, Object filter) {
        if (topic == null || filter == null) {
            return false;
        }
        if (topic instanceof String name && filter instanceof String pattern) {
            return Topics.matches(name, pattern);
        }
        throw new FunctionException(
                "badarg", "=~ matches a topic with a topic filter; both must be texts.");
    }

    private static Code array(Code[] elements) {
        return frame -> {
            List<Object> values = new ArrayList<>(elements.length);
            for (Code element : elements) {
                values.add(element.run(frame));
            }
            return values;
        };
    }

    private static Code range(Expr.Range range) {
        long count = range.last() - range.first() + 1;
        if (count < 0 || count > MAX_RANGE) {
            return failing(
                    "function_clause",
                    "A range goes upwards and has at most %d elements.".formatted(MAX_RANGE));
        }
        List<Object> values = new ArrayList<>((int) count);
        for (long i = range.first(); i <= range.last(); i++) {
            values.add(i);
        }
        return frame -> values;
    }

    private Code cases(Expr.Case cases) {
        int count = cases.branches().size();
        Code[] conditions = new Code[count];
        Code[] values = new Code[count];
        for (int i = 0; i < count; i++) {
            Expr condition = cases.branches().get(i).condition();
            conditions[i] =
                    cases.operand().isPresent() ? operandOfNot(condition) : condition(condition);
            values[i] = compile(cases.branches().get(i).value());
        }
        Code otherwise = cases.otherwise().map(this::compile).orElse(frame -> null);
        if (cases.operand().isPresent()) {
            return select(compile(cases.operand().get()), conditions, values, otherwise);
        }
        return frame -> {
            for (int i = 0; i < conditions.length; i++) {
                if (conditions[i].run(frame) == Boolean.TRUE) {
                    return values[i].run(frame);
                }
            }
            return otherwise.run(frame);
        };
    }

    private static Code select(Code operand, Code[] keys, Code[] values, Code otherwise) {
        return frame -> {
            Object wanted = operand.run(frame);
            for (int i = 0; i < keys.length; i++) {
                if (Comparison.same(wanted, keys[i].run(frame))) {
                    return values[i].run(frame);
                }
            }
            return otherwise.run(frame);
        };
    }

    /** Compiles a condition. Its code may give something else than a boolean. */
    Code condition(Expr expr) {
        if (expr instanceof Expr.Parentheses parentheses) {
            return condition(parentheses.condition());
        }
        if (expr instanceof Expr.Comparison || expr instanceof Expr.Call) {
            return compile(expr);
        }
        if (expr instanceof Expr.Constant constant && constant.value() instanceof Boolean) {
            return compile(expr);
        }
        if (expr instanceof Expr.And and) {
            Code left = condition(and.left());
            Code right = condition(and.right());
            return frame -> bool(left.run(frame), "badarg") ? right.run(frame) : Boolean.FALSE;
        }
        if (expr instanceof Expr.Or or) {
            Code left = condition(or.left());
            Code right = condition(or.right());
            return frame -> bool(left.run(frame), "badarg") ? Boolean.TRUE : right.run(frame);
        }
        if (expr instanceof Expr.Not not) {
            Code operand = operandOfNot(not.condition());
            return frame -> operand.run(frame) == Boolean.FALSE;
        }
        if (expr instanceof Expr.In in && !in.negated()) {
            return in(compile(in.value()), all(in.list()));
        }
        return failing("function_clause", NO_CONDITION);
    }

    static final String NO_CONDITION =
            "A condition is a comparison, IN, a call that gives a boolean, true or false. Write x ="
                    + " true, and instead of NOT over IN, AND, OR or NOT use CASE or the opposite.";

    /** NOT sees only values and comparisons. */
    private Code operandOfNot(Expr expr) {
        return compile(
                expr instanceof Expr.Parentheses parentheses ? parentheses.condition() : expr);
    }

    private static Code in(Code value, Code[] list) {
        return frame -> {
            Object wanted = value.run(frame);
            boolean found = false;
            // All elements are computed, as in EMQX: an error in any of them counts.
            for (Code element : list) {
                found |= Comparison.same(wanted, element.run(frame));
            }
            return found;
        };
    }

    /** A value that must be a boolean. */
    static boolean bool(Object value, String head) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw new FunctionException(head, NO_CONDITION);
    }

    private static Code failing(String head, String message) {
        FunctionException failure = new FunctionException(head, message);
        return frame -> {
            throw failure;
        };
    }
}
