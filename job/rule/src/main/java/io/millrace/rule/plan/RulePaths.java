package io.millrace.rule.plan;

import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.emqx.syntax.Field;
import io.millrace.rule.emqx.syntax.RuleStatement;
import io.millrace.rule.emqx.syntax.Step;
import java.util.ArrayList;
import java.util.List;

/** Gathers the paths that a rule of the EMQX dialect reads. */
final class RulePaths {
    private final List<Expr.Path> paths = new ArrayList<>();

    private RulePaths() {}

    /** All paths of a rule but for aliases. */
    static List<Expr.Path> of(RuleStatement rule) {
        RulePaths all = new RulePaths();
        rule.fields().forEach(all::add);
        rule.output().ifPresent(fields -> fields.forEach(all::add));
        rule.incase().ifPresent(all::add);
        rule.where().ifPresent(all::add);
        return all.paths;
    }

    /** The paths of an expression. */
    static List<Expr.Path> of(Expr expression) {
        RulePaths all = new RulePaths();
        all.add(expression);
        return all.paths;
    }

    private void add(Field field) {
        if (field instanceof Field.Item item) {
            add(item.value());
        }
    }

    private void add(Expr expression) {
        if (expression instanceof Expr.Path path) {
            paths.add(path);
            for (Step step : path.steps()) {
                if (step instanceof Step.IndexAt index) {
                    add(index.position());
                }
            }
        } else if (expression instanceof Expr.Case cases) {
            cases.operand().ifPresent(this::add);
            for (Expr.When branch : cases.branches()) {
                add(branch.condition());
                add(branch.value());
            }
            cases.otherwise().ifPresent(this::add);
        } else {
            parts(expression).forEach(this::add);
        }
    }

    private static List<Expr> parts(Expr expression) {
        if (expression instanceof Expr.Slice slice) {
            return List.of(slice.array());
        }
        if (expression instanceof Expr.Array array) {
            return array.elements();
        }
        if (expression instanceof Expr.Call call) {
            return call.arguments();
        }
        if (expression instanceof Expr.Sign sign) {
            return List.of(sign.operand());
        }
        if (expression instanceof Expr.Arithmetic arithmetic) {
            return List.of(arithmetic.left(), arithmetic.right());
        }
        return conditionParts(expression);
    }

    private static List<Expr> conditionParts(Expr expression) {
        if (expression instanceof Expr.Comparison comparison) {
            return List.of(comparison.left(), comparison.right());
        }
        if (expression instanceof Expr.In in) {
            List<Expr> parts = new ArrayList<>(in.list());
            parts.add(in.value());
            return parts;
        }
        if (expression instanceof Expr.Not not) {
            return List.of(not.condition());
        }
        if (expression instanceof Expr.And and) {
            return List.of(and.left(), and.right());
        }
        if (expression instanceof Expr.Or or) {
            return List.of(or.left(), or.right());
        }
        return expression instanceof Expr.Parentheses parentheses
                ? List.of(parentheses.condition())
                : List.of();
    }
}
