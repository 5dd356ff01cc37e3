package io.millrace.rule.emqx;

import io.millrace.common.DidYouMean;
import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.emqx.syntax.Field;
import io.millrace.rule.emqx.syntax.RuleStatement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Refuses rules that parse and can only fail, and warns of what is probably not meant. */
final class RuleCheck {
    private final List<Warning> warnings;

    /** First names that the rule assigned so far. */
    private final Set<String> assigned = new HashSet<>();

    private boolean condition;

    private RuleCheck(List<Warning> warnings) {
        this.warnings = warnings;
    }

    /**
     * Checks a rule.
     *
     * @throws EmqxSyntaxException if it can only fail
     */
    static void check(RuleStatement statement, List<Warning> warnings) {
        new RuleCheck(warnings).statement(statement);
    }

    private void statement(RuleStatement statement) {
        for (RuleStatement.Source source : statement.sources()) {
            Optional<String> refusal = Events.refusal(source.name());
            if (refusal.isPresent()) {
                throw error(source.offset(), refusal.get());
            }
        }
        List<Field> fields = statement.fields();
        Field last = fields.get(fields.size() - 1);
        if (statement.foreach()) {
            if (last instanceof Field.Star) {
                throw error(last.offset(), "FOREACH iterates over an array: name it here.");
            }
            fields(fields.subList(0, fields.size() - 1));
            collection((Field.Item) last);
        } else {
            fields(fields);
        }
        statement.where().ifPresent(this::condition);
        statement.incase().ifPresent(this::condition);
        statement.output().ifPresent(output -> fields(output));
    }

    private void collection(Field.Item item) {
        expression(item.value());
        if (item.alias().isPresent() && !item.alias().get().isName()) {
            throw error(
                    item.alias().get().offset(),
                    "The element has no name: EMQX gives a path as alias to the array only. Write"
                            + " one name, such as AS e.");
        }
        assigned.add(item.alias().map(Expr.Path::root).orElse("item"));
        if (item.alias().isEmpty()) {
            root(item.value()).ifPresent(assigned::add);
            if (item.value() instanceof Expr.Path path
                    && path.root().equals(View.PAYLOAD)
                    && !path.isName()) {
                warn(
                        path.offset(),
                        "Without an alias the array hides the other members of the payload from"
                                + " WHERE, INCASE and DO. Write AS e, and e instead of item.");
            }
        }
    }

    private void fields(List<Field> fields) {
        boolean aliases = false;
        for (Field field : fields) {
            if (field instanceof Field.Item item) {
                field(item);
                aliases |= item.alias().isPresent();
            } else if (aliases) {
                warn(
                        field.offset(),
                        "Aliases before * hide columns of the same name. Put * first.");
            }
        }
    }

    private void field(Field.Item item) {
        expression(item.value());
        if (item.alias().isPresent()) {
            assigned.add(item.alias().get().root());
            return;
        }
        Optional<String> root = root(item.value());
        if (item.value() instanceof Expr.Sign) {
            throw error(
                    item.offset(), "An expression with a sign fails without an alias: -x AS y.");
        }
        if (root.isEmpty()) {
            warn(
                    item.offset(),
                    "Without an alias nothing can refer to this value. Write AS and a name.");
        }
        root.ifPresent(assigned::add);
    }

    /** The name of the output that a value without an alias goes to. */
    private static Optional<String> root(Expr value) {
        if (value instanceof Expr.Path path) {
            return Optional.of(path.root());
        }
        if (value instanceof Expr.Slice slice) {
            return Optional.of(slice.array().root());
        }
        return value instanceof Expr.Constant constant && constant.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    private void expression(Expr expr) {
        if (expr instanceof Expr.Path path) {
            path(path);
        } else if (expr instanceof Expr.Slice slice) {
            if (slice.first() == 0 || slice.last() == 0) {
                throw error(slice.offset(), "Positions count from 1; a range with 0 always fails.");
            }
            path(slice.array());
        } else if (expr instanceof Expr.Range range) {
            range(range);
        } else if (expr instanceof Expr.Array array) {
            array.elements().forEach(this::expression);
        } else if (expr instanceof Expr.Sign sign) {
            if (sign.minus()
                    && sign.operand() instanceof Expr.Constant constant
                    && !(constant.value() instanceof Number)) {
                throw error(sign.offset(), "Only numbers have a sign.");
            }
            expression(sign.operand());
        } else if (expr instanceof Expr.Arithmetic arithmetic) {
            expression(arithmetic.left());
            expression(arithmetic.right());
            zero(arithmetic);
        } else if (expr instanceof Expr.Comparison comparison) {
            expression(comparison.left());
            expression(comparison.right());
        } else if (expr instanceof Expr.Call call) {
            call.arguments().forEach(this::expression);
            CallCheck.check(call, condition).ifPresent(this::warn);
        } else if (expr instanceof Expr.Case cases) {
            cases.operand().ifPresent(this::expression);
            for (Expr.When when : cases.branches()) {
                if (cases.operand().isPresent()) {
                    operand(when.condition());
                } else {
                    part(when.condition());
                }
                expression(when.value());
            }
            cases.otherwise().ifPresent(this::expression);
        }
    }

    private void range(Expr.Range range) {
        long count = range.last() - range.first() + 1;
        if (count < 0 || count > ExpressionCompiler.MAX_RANGE) {
            throw error(
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
            throw error(constant.offset(), "A division by zero always fails.");
        }
    }

    private void condition(Expr expr) {
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
                throw error(
                        in.offset(),
                        "EMQX accepts NOT IN, and fails whenever it is evaluated. Write a != 1 AND"
                                + " a != 2, or CASE WHEN a IN (1, 2) THEN ... in SELECT.");
            }
            expression(in.value());
            in.list().forEach(this::expression);
        } else if (expr instanceof Expr.Comparison || expr instanceof Expr.Call) {
            expression(expr);
        } else if (!(expr instanceof Expr.Constant constant
                && constant.value() instanceof Boolean)) {
            throw error(
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
            throw error(
                    expr.offset(),
                    "EMQX fails for NOT over AND, OR, NOT and IN. Write the opposite of each part.");
        }
        expression(inner);
    }

    private void path(Expr.Path path) {
        String root = path.root();
        boolean known =
                Events.hasColumn(root) || assigned.contains(root) || root.equalsIgnoreCase("null");
        if (!known) {
            warn(path.offset(), unknown(path));
        }
    }

    private static String unknown(Expr.Path path) {
        if (path.quoted() && path.isName()) {
            return "\"%s\" is a name, and nothing has it. Text goes in single quotes: '%s'."
                    .formatted(path.root(), path.root());
        }
        return "Nothing is called '%s', so it is always undefined.%s"
                .formatted(path.root(), DidYouMean.hint(Events.MESSAGE_COLUMNS, path.root()));
    }

    private void warn(int offset, String message) {
        warnings.add(new Warning(offset, message));
    }

    private void warn(Warning warning) {
        warnings.add(warning);
    }

    static EmqxSyntaxException error(int offset, String message) {
        return new EmqxSyntaxException(EmqxSyntaxException.Kind.CHECK, offset, message);
    }
}
