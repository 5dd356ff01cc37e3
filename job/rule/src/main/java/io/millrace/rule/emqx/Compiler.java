package io.millrace.rule.emqx;

import io.millrace.functions.value.FunctionException;
import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.emqx.syntax.Field;
import io.millrace.rule.emqx.syntax.RuleStatement;
import java.util.List;

/** Turns a rule into closures. What it makes is for one thread. */
final class Compiler {
    private static final Assignment[] NONE = {};

    private final Resources resources = new Resources();
    private final Calls calls = new Calls(resources);
    private final Program program;
    private RowShape shape;

    Compiler(RuleStatement statement) {
        program = statement.foreach() ? foreach(statement) : select(statement);
    }

    Program program() {
        return program;
    }

    RowShape shape() {
        return shape;
    }

    Resources resources() {
        return resources;
    }

    private Program select(RuleStatement statement) {
        View message = View.message(resources);
        Assignments fields = list(statement.fields(), message);
        shape = new RowShape(fields.output(), fields.hasStar());
        return new Program(
                fields.toArray(), condition(statement, message.overlaidBy(fields.output())), null);
    }

    private Code condition(RuleStatement statement, View view) {
        return statement.where().map(where -> condition(where, view)).orElse(null);
    }

    private Code condition(Expr condition, View view) {
        return new ExpressionCompiler(Names.merged(view), calls).condition(condition);
    }

    private Assignments list(List<Field> fields, View below) {
        Assignments list = new Assignments(resources, calls, below);
        fields.forEach(list::add);
        return list;
    }

    private Program foreach(RuleStatement statement) {
        View message = View.message(resources);
        int last = statement.fields().size() - 1;
        Assignments fields = list(statement.fields().subList(0, last), message);
        int collection = resources.newSlot();
        Field item = statement.fields().get(last);
        collect(fields, item, collection);
        View merged = message.overlaidBy(fields.output());
        Code where = condition(statement, merged);

        View each = message.overlaidBy(fields.output());
        int element = element(item, each);
        Code incase = statement.incase().map(cond -> condition(cond, each)).orElse(null);
        Assignment[] output = NONE;
        if (statement.output().isPresent()) {
            Assignments list = list(statement.output().get(), each);
            shape = new RowShape(list.output(), list.hasStar());
            output = list.toArray();
        } else {
            shape = new RowShape(each, true);
        }
        return new Program(
                fields.toArray(),
                where,
                new Program.Iteration(collection, element, incase, output));
    }

    /** The last entry of FOREACH: the array goes to its name, and to where the rule iterates. */
    private void collect(Assignments fields, Field field, int collection) {
        if (!(field instanceof Field.Item item)) {
            fields.fail(
                    new FunctionException(
                            "function_clause", "FOREACH iterates over an array, not over *."));
            return;
        }
        Code value =
                isPayload(item.value()) && fields.output().variable(View.PAYLOAD) == null
                        ? wholePayload()
                        : fields.compile(item.value());
        fields.add(
                item,
                frame -> {
                    Object array = value.run(frame);
                    frame.slots[collection] = array;
                    return array;
                });
    }

    private static boolean isPayload(Expr value) {
        return value instanceof Expr.Path path && path.isName() && path.root().equals(View.PAYLOAD);
    }

    private Code wholePayload() {
        resources.payload();
        return frame -> frame.payload.whole();
    }

    /**
     * The slot of the element. It takes the name of the array; without an alias it is a column. A
     * path as alias names the array only.
     */
    private int element(Field field, View each) {
        if (!(field instanceof Field.Item item)) {
            return -1;
        }
        if (item.alias().isEmpty()) {
            int slot = resources.newSlot();
            each.columns.put("item", slot);
            return slot;
        }
        Expr.Path alias = item.alias().get();
        if (!alias.isName()) {
            return -1;
        }
        int slot = resources.newSlot();
        each.named.put(alias.root(), slot);
        return slot;
    }
}
