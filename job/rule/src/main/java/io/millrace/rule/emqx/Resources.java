package io.millrace.rule.emqx;

import java.util.LinkedHashSet;
import java.util.Set;

/** What a rule needs as a whole: slots, columns, the payload. Used while a rule is compiled. */
final class Resources {
    private final PayloadPlan plan = new PayloadPlan();
    private final Set<String> columns = new LinkedHashSet<>();
    private int slots;
    private int names;

    PayloadPlan plan() {
        return plan;
    }

    int newSlot() {
        return slots++;
    }

    /**
     * A name for an output that has none. EMQX makes one of the time, which nobody can refer to.
     */
    String newName() {
        return "_v_" + ++names;
    }

    int slots() {
        return slots;
    }

    /** The columns of the message that the rule reads. */
    Set<String> columns() {
        return columns;
    }

    /** The code that reads a column of the message. */
    Code column(String name) {
        columns.add(name);
        return name.equals(View.PAYLOAD)
                ? frame -> frame.payload.text()
                : frame -> frame.message.column(name);
    }

    /** The rule decodes the whole payload. */
    void payload() {
        columns.add(View.PAYLOAD);
        plan.readsWhole();
    }

    /** The code that reads a path below the payload of the message. */
    Code payloadPath(Access[] steps) {
        columns.add(View.PAYLOAD);
        return plan.path(steps);
    }
}
