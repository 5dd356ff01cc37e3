package io.millrace.rule.emqx;

import io.millrace.functions.library.Library;
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

    private final ExpressionCheck expressions;

    private RuleCheck(Library library, List<Warning> warnings) {
        this.warnings = warnings;
        this.expressions = new ExpressionCheck(library, assigned, warnings);
    }

    /**
     * Checks a rule.
     *
     * @throws EmqxSyntaxException if it can only fail; further wrong calls are its suppressed
     *     exceptions
     */
    static void check(RuleStatement statement, Library library, List<Warning> warnings) {
        new RuleCheck(library, warnings).statement(statement);
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
        statement.where().ifPresent(expressions::condition);
        statement.incase().ifPresent(expressions::condition);
        statement.output().ifPresent(output -> fields(output));
        Optional<EmqxSyntaxException> wrong = expressions.wrongCall();
        if (wrong.isPresent()) {
            throw wrong.get();
        }
    }

    private void collection(Field.Item item) {
        expressions.value(item.value());
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
        expressions.value(item.value());
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

    private void warn(int offset, String message) {
        warnings.add(new Warning(offset, message));
    }

    static EmqxSyntaxException error(int offset, String message) {
        return new EmqxSyntaxException(EmqxSyntaxException.Kind.CHECK, offset, message);
    }
}
