package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Expr;
import io.millrace.devkit.tdengine.sql.Select;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks for functions of groups in expressions. */
final class Aggregates {
    private Aggregates() {}

    /** Whether a function of groups occurs. */
    static boolean in(Expr expression) {
        return any(
                expression,
                part -> part instanceof Expr.Call call && Functions.isAggregate(call.name()));
    }

    /** Whether one row comes even if there are no rows, which TDengine does for COUNT only. */
    static boolean alwaysGiveARow(List<Select.Item> items) {
        return items.stream()
                .anyMatch(
                        item ->
                                any(
                                        item.expression(),
                                        part ->
                                                part instanceof Expr.Call call
                                                        && (call.name().equals("count")
                                                                || call.name()
                                                                        .equals("hyperloglog"))));
    }

    static boolean any(Expr expression, Predicate<Expr> wanted) {
        return wanted.test(expression)
                || parts(expression).anyMatch(part -> part != null && any(part, wanted));
    }

    private static Stream<Expr> parts(Expr expression) {
        if (expression instanceof Expr.Call call) {
            return call.arguments().stream();
        } else if (expression instanceof Expr.Unary unary) {
            return Stream.of(unary.operand());
        } else if (expression instanceof Expr.Binary binary) {
            return Stream.of(binary.left(), binary.right());
        } else if (expression instanceof Expr.Match match) {
            return Stream.of(match.value(), match.pattern());
        } else if (expression instanceof Expr.Between between) {
            return Stream.of(between.value(), between.low(), between.high());
        } else if (expression instanceof Expr.In in) {
            return Stream.concat(Stream.of(in.value()), in.list().stream());
        } else if (expression instanceof Expr.IsNull isNull) {
            return Stream.of(isNull.value());
        } else if (expression instanceof Expr.Cast cast) {
            return Stream.of(cast.value());
        } else if (expression instanceof Expr.Case choice) {
            return Stream.of(
                            choice.conditions().stream(),
                            choice.results().stream(),
                            Stream.ofNullable(choice.operand()),
                            Stream.ofNullable(choice.otherwise()))
                    .flatMap(part -> part);
        }
        return Stream.empty();
    }
}
