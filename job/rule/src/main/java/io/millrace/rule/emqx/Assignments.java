package io.millrace.rule.emqx;

import io.millrace.functions.value.FunctionException;
import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.emqx.syntax.Field;
import io.millrace.rule.emqx.syntax.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles a list of SELECT, FOREACH or DO: a sequence of assignments into an output that is empty
 * at first.
 */
final class Assignments {
    private static final Access[] WHOLE = {};

    private final Resources resources;
    private final Calls calls;
    private final View below;
    private final View output;
    private final Set<Integer> own = new HashSet<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private boolean star;

    Assignments(Resources resources, Calls calls, View below) {
        this.resources = resources;
        this.calls = calls;
        this.below = below;
        this.output = View.empty(resources);
    }

    /** What the list assigns. */
    View output() {
        return output;
    }

    /** Whether the list copies all that is below it. */
    boolean hasStar() {
        return star;
    }

    Assignment[] toArray() {
        return assignments.toArray(Assignment[]::new);
    }

    /** Compiles an expression at this place of the list. */
    Code compile(Expr expr) {
        return new ExpressionCompiler(Names.sequence(output, below), calls).compile(expr);
    }

    /** Adds an entry. */
    void add(Field field) {
        if (field instanceof Field.Item item) {
            add(item, compile(item.value()));
        } else {
            star = true;
            output.copy(below);
        }
    }

    /** Adds an entry whose value is compiled already. */
    void add(Field.Item item, Code value) {
        if (item.alias().isPresent()) {
            assign(item.alias().get(), value);
            return;
        }
        Optional<Expr.Path> path = path(item.value());
        if (path.isEmpty()) {
            assignments.add(new Assignment(unusable(value), newSlot(), WHOLE, null));
        } else if (path.get().root().equals(View.PAYLOAD) && !path.get().isName()) {
            assignPayload(path.get(), value);
        } else {
            assign(path.get(), value);
        }
    }

    /** Adds an entry that only fails. */
    void fail(FunctionException failure) {
        assignments.add(
                new Assignment(
                        frame -> {
                            throw failure;
                        },
                        newSlot(),
                        WHOLE,
                        null));
    }

    private static Code unusable(Code value) {
        return frame -> {
            value.run(frame);
            throw new FunctionException(
                    "function_clause", "An expression with a sign needs an alias: -x AS y.");
        };
    }

    /** Where a value goes that has no alias; empty if EMQX has no place for it. */
    private Optional<Expr.Path> path(Expr value) {
        if (value instanceof Expr.Path path) {
            return Optional.of(path);
        }
        if (value instanceof Expr.Slice slice) {
            return Optional.of(slice.array());
        }
        if (value instanceof Expr.Sign) {
            return Optional.empty();
        }
        String name =
                value instanceof Expr.Constant constant && constant.value() instanceof String text
                        ? text
                        : resources.newName();
        return Optional.of(new Expr.Path(value.offset(), List.of(new Step.Key(name)), false));
    }

    private void assign(Expr.Path target, Code value) {
        String root = target.root();
        Access[] path = output.accesses(target.steps().subList(1, target.steps().size()));
        Code before = null;
        int slot;
        if (output.named.containsKey(root)) {
            before = View.slot(output.named.get(root));
            slot = writable(output.named.get(root));
            output.named.put(root, slot);
        } else if (output.columns.containsKey(root)) {
            before = View.slot(output.columns.get(root));
            slot = writable(output.columns.get(root));
            output.columns.put(root, slot);
        } else if (star && Events.hasColumn(root)) {
            before = resources.column(root);
            slot = newSlot();
            output.columns.put(root, slot);
        } else {
            slot = newSlot();
            output.named.put(root, slot);
        }
        add(value, slot, path, before);
    }

    /**
     * A path below the payload that has no alias stays a column, and keeps the other members of a
     * payload that was copied.
     */
    private void assignPayload(Expr.Path target, Code value) {
        Access[] path = output.accesses(target.steps().subList(1, target.steps().size()));
        Integer column = output.columns.get(View.PAYLOAD);
        Integer named = output.named.get(View.PAYLOAD);
        Code before = null;
        int slot;
        if (column != null) {
            before =
                    output.containers.contains(column)
                            ? View.slot(column)
                            : frame -> frame.payload.decoded(frame.slots[column]);
            slot = writable(column);
            output.columns.put(View.PAYLOAD, slot);
        } else if (star) {
            resources.plan().readsWhole();
            before = frame -> frame.payload.whole();
            slot = newSlot();
            output.columns.put(View.PAYLOAD, slot);
        } else if (named != null) {
            before = View.slot(named);
            slot = writable(named);
            output.named.put(View.PAYLOAD, slot);
        } else {
            slot = newSlot();
            output.columns.put(View.PAYLOAD, slot);
        }
        add(value, slot, path, before);
    }

    private void add(Code value, int slot, Access[] path, Code before) {
        assignments.add(new Assignment(value, slot, path, before));
        if (path.length > 0) {
            output.containers.add(slot);
        } else {
            output.containers.remove(slot);
        }
    }

    /** What is below the list is read again for the next element, so it is not written to. */
    private int writable(int slot) {
        return own.contains(slot) ? slot : newSlot();
    }

    private int newSlot() {
        int slot = resources.newSlot();
        own.add(slot);
        return slot;
    }
}
