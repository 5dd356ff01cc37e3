package io.millrace.rule.emqx;

import io.millrace.common.DidYouMean;
import io.millrace.functions.library.Library;
import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import io.millrace.rule.emqx.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Refuses expressions and conditions that can only fail, and warns of unknown names. */
final class ExpressionCheck {
    private final CallCheck calls;
    private final Set<String> assigned;
    private final List<Warning> warnings;

    /** Calls that can only fail. */
    private final List<EmqxSyntaxException> errors = new ArrayList<>();

    private boolean condition;

    /**
     * Creates a check.
     *
     * @param assigned first names that the rule assigned so far, which grow
     */
    ExpressionCheck(Library library, Set<String> assigned, List<Warning> warnings) {
        this.calls = new CallCheck(library);
        this.assigned = assigned;
        this.warnings = warnings;
    }

    /** The first wrong call, with the others as its suppressed exceptions. */
    Optional<EmqxSyntaxException> wrongCall() {
        Optional<EmqxSyntaxException> first = errors.stream().findFirst();
        errors.stream().skip(1).forEach(other -> first.get().addSuppressed(other));
        return first;
    }

    /** Checks a value. */
    void value(Expr expr) {
        if (expr instanceof Expr.Path path) {
            path(path);
        } else if (expr instanceof Expr.Slice slice) {
            if (slice.first() == 0 || slice.last() == 0) {
                throw RuleCheck.error(
                        slice.offset(), "Positions count from 1; a range with 0 always fails.");
            }
            path(slice.array());
        } else if (expr instanceof Expr.Range range) {
            range(range);
        } else if (expr instanceof Expr.Array array) {
            array.elements().forEach(this::value);
        } else if (expr instanceof Expr.Sign sign) {
            if (sign.minus()
                    && sign.operand() instanceof Expr.Constant constant
                    && !(constant.value() instanceof Number)) {
                throw RuleCheck.error(sign.offset(), "Only numbers have a sign.");
            }
            value(sign.operand());
        } else if (expr instanceof Expr.Arithmetic arithmetic) {
            value(arithmetic.left());
            value(arithmetic.right());
            zero(arithmetic);
        } else if (expr instanceof Expr.Comparison comparison) {
            value(comparison.left());
            value(comparison.right());
        } else if (expr instanceof Expr.Call call) {
            call.arguments().forEach(this::value);
            try {
                calls.check(call, condition).ifPresent(warnings::add);
            } catch (EmqxSyntaxException wrong) {
                errors.add(wrong);
            }
        } else if (expr instanceof Expr.Case cases) {
            cases.operand().ifPresent(this::value);
            for (Expr.When when : cases.branches()) {
                if (cases.operand().isPresent()) {
                    operand(when.condition());
                } else {
                    part(when.condition());
                }
                value(when.value());
            }
            cases.otherwise().ifPresent(this::value);
        }
    }

    private void range(Expr.Range range) {
        long count = range.last() - range.first() + 1;
        if (count < 0 || count > ExpressionCompiler.MAX_RANGE) {
            throw RuleCheck.error(
                    range.offset(),
                    "A range goes upwards and has at most %,d elements; this one has %,d."
                            .formatted(ExpressionCompiler.MAX_RANGE, count));
        }
    }

    private static void zero(Expr.Arithmetic arithmetic) {
        boolean divides = !Set.of("+", "-", "*").contains(arithmetic.operator());
        if (divides
                && arithmetic.right() instanceof Expr.Constant constant
                && constant.value() instanceof Number number
                && number.doubleValue() == 0) {
            throw RuleCheck.error(constant.offset(), "A division by zero always fails.");
        }
    }

    /** Checks a condition of WHERE or INCASE. */
    void condition(Expr expr) {
        condition = true;
        part(expr);
        condition = false;
    }

    private void part(Expr expr) {
        if (expr instanceof Expr.Parentheses parentheses) {
            part(parentheses.condition());
        } else if (expr instanceof Expr.And and) {
            part(and.left());
            part(and.right());
        } else if (expr instanceof Expr.Or or) {
            part(or.left());
            part(or.right());
        } else if (expr instanceof Expr.Not not) {
            operand(not.condition());
        } else if (expr instanceof Expr.In in) {
            if (in.negated()) {
                throw RuleCheck.error(
                        in.offset(),
                        "EMQX accepts NOT IN, and fails whenever it is evaluated. Write a != 1 AND"
                                + " a != 2, or CASE WHEN a IN (1, 2) THEN ... in SELECT.");
            }
            value(in.value());
            in.list().forEach(this::value);
        } else if (expr instanceof Expr.Comparison || expr instanceof Expr.Call) {
            value(expr);
        } else if (!(expr instanceof Expr.Constant constant
                && constant.value() instanceof Boolean)) {
            throw RuleCheck.error(
                    expr.offset(),
                    "EMQX fails for a condition that is neither a comparison nor IN nor a call nor"
                            + " true or false. Compare it: x = true.");
        }
    }

    /** NOT and CASE x WHEN see values and comparisons only. */
    private void operand(Expr expr) {
        Expr inner = expr instanceof Expr.Parentheses parentheses ? parentheses.condition() : expr;
        if (inner instanceof Expr.And
                || inner instanceof Expr.Or
                || inner instanceof Expr.Not
                || inner instanceof Expr.In
                || inner instanceof Expr.Parentheses) {
            throw RuleCheck.error(
                    expr.offset(),
                    "EMQX fails for NOT over AND, OR, NOT and IN. Write the opposite of each part.");
        }
        value(inner);
    }

    private void path(Expr.Path path) {
        String root = path.root();
        boolean known =
                Events.hasColumn(root) || assigned.contains(root) || root.equalsIgnoreCase("null");
        if (!known) {
            warnings.add(new Warning(path.offset(), unknown(path)));
        }
    }

    private String unknown(Expr.Path path) {
        if (path.quoted() && path.isName()) {
            return "\"%s\" is a name, and nothing has it. Text goes in single quotes: '%s'."
                    .formatted(path.root(), path.root());
        }
        Set<String> known = new TreeSet<>(Events.MESSAGE_COLUMNS);
        known.addAll(assigned);
        return "Nothing is called '%s', so it is always undefined.%s"
                .formatted(path.root(), DidYouMean.hint(known, path.root()));
    }
}
