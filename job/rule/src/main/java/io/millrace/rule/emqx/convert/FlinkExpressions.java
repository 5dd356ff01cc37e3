package io.millrace.rule.emqx.convert;

import io.millrace.functions.library.Kind;
import io.millrace.functions.library.Library;
import io.millrace.rule.emqx.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes expressions and conditions as Flink SQL. Where a value is missing EMQX's comparisons are
 * false and Flink's are NULL; that is the same behind WHERE and WHEN, and is made the same
 * elsewhere.
 */
final class FlinkExpressions {
    private final NameScope names;
    private final Remarks remarks;
    private final FlinkCalls calls;

    FlinkExpressions(NameScope names, Remarks remarks) {
        this.names = names;
        this.remarks = remarks;
        this.calls = new FlinkCalls(this, remarks);
    }

    String list(List<Expr> expressions) {
        return expressions.stream().map(this::write).collect(Collectors.joining(", "));
    }

    /** Writes a value. */
    String write(Expr expr) {
        if (expr instanceof Expr.Constant constant) {
            return constant(constant.value());
        }
        if (expr instanceof Expr.Path path) {
            return names.path(path);
        }
        if (expr instanceof Expr.Call call) {
            return calls.write(call);
        }
        if (expr instanceof Expr.Sign sign) {
            return (sign.minus() ? "-" : "") + operand(sign.operand());
        }
        if (expr instanceof Expr.Arithmetic arithmetic) {
            return arithmetic(arithmetic);
        }
        if (expr instanceof Expr.Comparison comparison) {
            return "(" + comparison(comparison) + ") IS TRUE";
        }
        if (expr instanceof Expr.Case cases) {
            return cases(cases);
        }
        if (expr instanceof Expr.Array array && !array.elements().isEmpty()) {
            return "ARRAY[" + list(array.elements()) + "]";
        }
        if (expr instanceof Expr.Range range && range.last() - range.first() < 1000) {
            List<String> numbers = new ArrayList<>();
            for (long i = range.first(); i <= range.last(); i++) {
                numbers.add(String.valueOf(i));
            }
            return "ARRAY[" + String.join(", ", numbers) + "]";
        }
        if (expr instanceof Expr.Slice slice && slice.first() > 0 && slice.last() > 0) {
            remarks.differs(
                    expr.offset(), "What is no array fails in EMQX; here the answer is NULL.");
            return "ARRAY_SLICE(%s, %d, %d)"
                    .formatted(names.path(slice.array()), slice.first(), slice.last());
        }
        throw new Untranslatable(expr.offset(), "Flink SQL has nothing like it.");
    }

    private static String constant(Object value) {
        if (value instanceof String text) {
            return Identifiers.text(text);
        }
        return value instanceof Boolean bool ? (bool ? "TRUE" : "FALSE") : value.toString();
    }

    private String operand(Expr expr) {
        String sql = write(expr);
        return expr instanceof Expr.Arithmetic || expr instanceof Expr.Sign ? "(" + sql + ")" : sql;
    }

    private String arithmetic(Expr.Arithmetic arithmetic) {
        String left = operand(arithmetic.left());
        String right = operand(arithmetic.right());
        switch (arithmetic.operator()) {
            case "+":
                if (isText(arithmetic.left()) || isText(arithmetic.right())) {
                    remarks.differs(
                            arithmetic.offset(),
                            "A missing value is the text 'undefined' in EMQX, and floats have at"
                                    + " most 10 decimals; in Flink the whole text is NULL, and"
                                    + " floats are written as CAST does.");
                    return text(arithmetic.left(), left) + " || " + text(arithmetic.right(), right);
                }
                break;
            case "/":
                return "CAST(%s AS DOUBLE) / %s".formatted(left, right);
            case "div":
                return "CAST(%s AS BIGINT) / CAST(%s AS BIGINT)".formatted(left, right);
            case "mod":
                return "MOD(%s, %s)".formatted(left, right);
            default:
                break;
        }
        return left + " " + arithmetic.operator() + " " + right;
    }

    private static String text(Expr expr, String sql) {
        return isText(expr) ? sql : "CAST(" + sql + " AS STRING)";
    }

    private static boolean isText(Expr expr) {
        if (expr instanceof Expr.Constant constant) {
            return constant.value() instanceof String;
        }
        if (expr instanceof Expr.Arithmetic arithmetic && arithmetic.operator().equals("+")) {
            return isText(arithmetic.left()) || isText(arithmetic.right());
        }
        return expr instanceof Expr.Call call
                && Library.standard()
                        .find(call.name())
                        .flatMap(function -> function.overload(call.arguments().size()))
                        .filter(overload -> overload.result() == Kind.TEXT)
                        .isPresent();
    }

    private String comparison(Expr.Comparison comparison) {
        if (comparison.operator().equals("=~")) {
            return topicMatch(comparison);
        }
        if (isNull(comparison.left()) || isNull(comparison.right())) {
            Expr other = isNull(comparison.left()) ? comparison.right() : comparison.left();
            return switch (comparison.operator()) {
                case "=", "<=", ">=" -> operand(other) + " IS NULL";
                default -> "FALSE";
            };
        }
        boolean both =
                !(comparison.left() instanceof Expr.Constant)
                        && !(comparison.right() instanceof Expr.Constant);
        String operator = comparison.operator().equals("!=") ? "<>" : comparison.operator();
        if (both && operator.equals("=")) {
            operator = "IS NOT DISTINCT FROM";
        } else if (both && operator.endsWith("=")) {
            remarks.differs(
                    comparison.offset(),
                    "If both sides are missing the comparison holds in EMQX, and not in Flink.");
        }
        return operand(comparison.left()) + " " + operator + " " + operand(comparison.right());
    }

    private static boolean isNull(Expr expr) {
        return expr instanceof Expr.Call call
                && call.name().equals("null")
                && call.arguments().isEmpty();
    }

    private String topicMatch(Expr.Comparison comparison) {
        if (comparison.right() instanceof Expr.Constant constant
                && constant.value() instanceof String filter) {
            return "REGEXP(%s, %s)"
                    .formatted(write(comparison.left()), Identifiers.text(TopicPattern.of(filter)));
        }
        throw new Untranslatable(
                comparison.offset(), "The topic filter is not known; Flink has no such operator.");
    }

    private String cases(Expr.Case cases) {
        StringBuilder sql = new StringBuilder("CASE");
        cases.operand().ifPresent(operand -> sql.append(' ').append(write(operand)));
        for (Expr.When when : cases.branches()) {
            sql.append(" WHEN ")
                    .append(
                            cases.operand().isPresent()
                                    ? write(when.condition())
                                    : condition(when.condition()))
                    .append(" THEN ")
                    .append(write(when.value()));
        }
        cases.otherwise().ifPresent(value -> sql.append(" ELSE ").append(write(value)));
        return sql.append(" END").toString();
    }

    /** Writes a condition. */
    String condition(Expr expr) {
        if (expr instanceof Expr.Parentheses parentheses) {
            return "(" + condition(parentheses.condition()) + ")";
        }
        if (expr instanceof Expr.And and) {
            return condition(and.left()) + " AND " + condition(and.right());
        }
        if (expr instanceof Expr.Or or) {
            return condition(or.left()) + " OR " + condition(or.right());
        }
        if (expr instanceof Expr.Comparison comparison) {
            return comparison(comparison);
        }
        if (expr instanceof Expr.In in && !in.negated()) {
            return operand(in.value()) + " IN (" + list(in.list()) + ")";
        }
        if (expr instanceof Expr.Not not) {
            return not(not);
        }
        return write(expr);
    }

    /** A comparison with a missing value is false in EMQX, and its negation holds. */
    private String not(Expr.Not not) {
        Expr inner =
                not.condition() instanceof Expr.Parentheses parentheses
                        ? parentheses.condition()
                        : not.condition();
        return inner instanceof Expr.Comparison comparison
                ? "(" + comparison(comparison) + ") IS NOT TRUE"
                : operand(inner) + " = FALSE";
    }
}
