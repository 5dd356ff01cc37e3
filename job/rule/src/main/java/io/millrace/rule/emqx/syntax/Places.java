package io.millrace.rule.emqx.syntax;

/**
 * Says which expression may stand where. EMQX knows conditions only behind WHERE, INCASE and WHEN;
 * a comparison is a value of a field or an argument, if it is not in parentheses.
 */
final class Places {
    private Places() {}

    /** Whether it may be part of arithmetic. */
    static boolean isValue(Expr expr) {
        return expr instanceof Expr.Constant
                || expr instanceof Expr.Path
                || expr instanceof Expr.Range
                || expr instanceof Expr.Slice
                || expr instanceof Expr.Array
                || expr instanceof Expr.Call
                || expr instanceof Expr.Sign
                || expr instanceof Expr.Arithmetic;
    }

    /** Refuses all but a value. */
    static Expr value(Expr expr) {
        if (isValue(expr)) {
            return expr;
        }
        if (expr instanceof Expr.Case) {
            throw TokenStream.error(
                    expr.offset(),
                    "CASE stands alone in a field or an argument. Give it an alias and use that.");
        }
        throw conditionAsValue(expr);
    }

    /** Refuses all but the value of a field or an argument. */
    static Expr argument(Expr expr) {
        return expr instanceof Expr.Comparison || expr instanceof Expr.Case ? expr : value(expr);
    }

    /** Refuses all but a condition. */
    static Expr condition(Expr expr) {
        if (expr instanceof Expr.Case) {
            throw TokenStream.error(
                    expr.offset(),
                    "CASE is no condition. Give it an alias in SELECT and compare that.");
        }
        return expr;
    }

    static Expr and(Expr left, Expr right) {
        return new Expr.And(left.offset(), condition(left), condition(right));
    }

    static Expr or(Expr left, Expr right) {
        return new Expr.Or(left.offset(), condition(left), condition(right));
    }

    private static EmqxSyntaxException conditionAsValue(Expr expr) {
        return TokenStream.error(
                expr.offset(),
                expr instanceof Expr.Comparison || expr instanceof Expr.Parentheses
                        ? "A comparison is no value here. In SELECT it stands alone and without"
                                + " parentheses: a > 1 AS b."
                        : "AND, OR, NOT and IN are allowed only behind WHERE, INCASE and WHEN. Write"
                                + " CASE WHEN condition THEN true ELSE false END.");
    }
}
