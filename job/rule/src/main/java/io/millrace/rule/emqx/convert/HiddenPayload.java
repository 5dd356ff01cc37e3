package io.millrace.rule.emqx.convert;

import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.emqx.syntax.Field;
import io.millrace.rule.emqx.syntax.RuleStatement;
import io.millrace.rule.emqx.syntax.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds conditions on members of a payload that SELECT hides: a field {@code payload.x} without
 * alias leaves WHERE only that member.
 */
final class HiddenPayload {
    private HiddenPayload() {}

    static void remark(RuleStatement statement, Remarks remarks) {
        List<List<Step>> shown = new ArrayList<>();
        for (Field field : statement.fields()) {
            if (field instanceof Field.Star) {
                return;
            }
            Field.Item item = (Field.Item) field;
            if (item.alias().isEmpty()
                    && item.value() instanceof Expr.Path path
                    && isMember(path)) {
                shown.add(path.steps());
            }
        }
        if (shown.isEmpty() || statement.where().isEmpty()) {
            return;
        }
        List<Expr.Path> paths = new ArrayList<>();
        collect(statement.where().get(), paths);
        for (Expr.Path path : paths) {
            if (isMember(path) && shown.stream().noneMatch(steps -> begins(path.steps(), steps))) {
                remarks.differs(
                        path.offset(),
                        "SELECT has members of the payload without alias, so in EMQX WHERE sees no"
                                + " others and this one is missing; here it is seen.");
            }
        }
    }

    private static boolean isMember(Expr.Path path) {
        return path.root().equals("payload") && !path.isName();
    }

    private static boolean begins(List<Step> path, List<Step> start) {
        return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
    }

    private static void collect(Expr expr, List<Expr.Path> paths) {
        if (expr instanceof Expr.Path path) {
            paths.add(path);
        } else if (expr instanceof Expr.Slice slice) {
            paths.add(slice.array());
        } else if (expr instanceof Expr.Parentheses parentheses) {
            collect(parentheses.condition(), paths);
        } else if (expr instanceof Expr.And and) {
            collect(and.left(), paths);
            collect(and.right(), paths);
        } else if (expr instanceof Expr.Or or) {
            collect(or.left(), paths);
            collect(or.right(), paths);
        } else if (expr instanceof Expr.Not not) {
            collect(not.condition(), paths);
        } else if (expr instanceof Expr.In in) {
            collect(in.value(), paths);
            in.list().forEach(each -> collect(each, paths));
        } else if (expr instanceof Expr.Comparison comparison) {
            collect(comparison.left(), paths);
            collect(comparison.right(), paths);
        } else if (expr instanceof Expr.Arithmetic arithmetic) {
            collect(arithmetic.left(), paths);
            collect(arithmetic.right(), paths);
        } else if (expr instanceof Expr.Sign sign) {
            collect(sign.operand(), paths);
        } else if (expr instanceof Expr.Call call) {
            call.arguments().forEach(each -> collect(each, paths));
        } else if (expr instanceof Expr.Array array) {
            array.elements().forEach(each -> collect(each, paths));
        }
    }
}
