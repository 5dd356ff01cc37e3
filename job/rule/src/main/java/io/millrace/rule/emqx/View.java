package io.millrace.rule.emqx;

import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.emqx.syntax.Step;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What names mean at one place of a rule: values that the rule assigned, values that took the place
 * of columns, and the columns of the message. Used while a rule is compiled.
 */
final class View {
    static final String PAYLOAD = "payload";

    final Map<String, Integer> named = new LinkedHashMap<>();
    final Map<String, Integer> columns = new LinkedHashMap<>();

    /** Slots that hold maps or arrays for sure. */
    final Set<Integer> containers = new HashSet<>();

    private final Resources resources;

    private boolean message;

    private View(Resources resources, boolean message) {
        this.resources = resources;
        this.message = message;
    }

    /** Shows the columns of the message. */
    static View message(Resources resources) {
        return new View(resources, true);
    }

    /** Shows nothing yet. */
    static View empty(Resources resources) {
        return new View(resources, false);
    }

    /** Shows another one, and what it does not have, from this one: as EMQX merges maps. */
    View overlaidBy(View other) {
        View merged = new View(resources, false);
        merged.copy(this);
        merged.named.putAll(other.named);
        merged.columns.putAll(other.columns);
        merged.containers.addAll(other.containers);
        return merged;
    }

    /** Takes in all of another view, as {@code *} does. */
    void copy(View other) {
        columns.clear();
        columns.putAll(other.columns);
        named.putAll(other.named);
        containers.addAll(other.containers);
        message |= other.message;
    }

    /** The code that reads a name, or null if nothing has it. */
    Code variable(String name) {
        Integer slot = named.getOrDefault(name, columns.get(name));
        if (slot != null) {
            return slot(slot);
        }
        return message ? resources.column(name) : null;
    }

    /** The code that reads a path, or null if nothing has its first name. */
    Code path(Expr.Path path) {
        if (path.isName()) {
            return variable(path.root());
        }
        return path.root().equals(PAYLOAD) ? payloadPath(path) : plainPath(path);
    }

    private Code plainPath(Expr.Path path) {
        Code root = variable(path.root());
        if (root == null) {
            return null;
        }
        Access[] rest = accesses(path.steps().subList(1, path.steps().size()));
        return frame -> Access.walk(root.run(frame), rest, frame);
    }

    /** Below the payload a column goes before a value that the rule named so. */
    private Code payloadPath(Expr.Path path) {
        List<Step> rest = path.steps().subList(1, path.steps().size());
        Integer column = columns.get(PAYLOAD);
        if (column != null) {
            return inSlot(column, rest);
        }
        Integer slot = named.get(PAYLOAD);
        Code assigned = slot == null ? null : inSlot(slot, rest);
        if (!message) {
            return assigned;
        }
        Code received = resources.payloadPath(documentAccesses(rest));
        if (assigned == null) {
            return received;
        }
        return frame -> frame.payload.exists() ? received.run(frame) : assigned.run(frame);
    }

    private Code inSlot(int slot, List<Step> rest) {
        Access[] steps = documentAccesses(rest);
        if (containers.contains(slot)) {
            return frame -> Access.walk(frame.slots[slot], steps, frame);
        }
        resources.plan().readsWhole();
        return frame -> Access.walk(frame.payload.decoded(frame.slots[slot]), steps, frame);
    }

    /** Steps whose positions are looked for among the values of this view. */
    Access[] accesses(List<Step> steps) {
        return steps.stream()
                .map(
                        step ->
                                step instanceof Step.IndexAt index
                                        ? new Access.IndexByCode(position(index.position()))
                                        : constant(step))
                .toArray(Access[]::new);
    }

    private Code position(Expr.Path path) {
        return path.isName() ? variable(path.root()) : plainPath(path);
    }

    /** Steps whose positions are looked for in the document itself. */
    private Access[] documentAccesses(List<Step> steps) {
        return steps.stream()
                .map(
                        step -> {
                            if (step instanceof Step.IndexAt index) {
                                resources.plan().readsWhole();
                                return new Access.IndexInDocument(
                                        documentAccesses(index.position().steps()));
                            }
                            return constant(step);
                        })
                .toArray(Access[]::new);
    }

    private static Access constant(Step step) {
        return step instanceof Step.Key key
                ? new Access.Key(key.name())
                : new Access.Index(((Step.Index) step).position(), ((Step.Index) step).negative());
    }

    static Code slot(int slot) {
        return frame -> frame.slots[slot];
    }
}
