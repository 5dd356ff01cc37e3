package io.millrace.rule.emqx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a row consists of. Immutable. */
final class RowShape {
    private final View view;
    private final boolean star;
    private final String[] names;
    private final int[] slots;

    RowShape(View view, boolean star) {
        this.view = view;
        this.star = star;
        Map<String, Integer> all = new LinkedHashMap<>(view.columns);
        all.putAll(view.named);
        this.names = all.keySet().toArray(String[]::new);
        this.slots = all.values().stream().mapToInt(Integer::intValue).toArray();
    }

    /** The names of the outputs; empty if they depend on the message. */
    Optional<Set<String>> names() {
        return star ? Optional.empty() : Optional.of(new LinkedHashSet<>(List.of(names)));
    }

    /** The codes that read outputs by name. */
    Code[] columns(List<String> wanted) {
        List<Code> codes = new ArrayList<>(wanted.size());
        for (String name : wanted) {
            Code code = view.variable(name);
            codes.add(code == null ? frame -> null : code);
        }
        return codes.toArray(Code[]::new);
    }

    /** The row as a map. A value that the rule named hides a column of the same name. */
    Map<String, Object> row(Frame frame) {
        Map<String, Object> row = new LinkedHashMap<>();
        if (star) {
            for (String column : frame.message.columns()) {
                row.put(
                        column,
                        column.equals(View.PAYLOAD)
                                ? frame.payload.text()
                                : frame.message.column(column));
            }
        }
        for (int i = 0; i < names.length; i++) {
            row.put(names[i], frame.slots[slots[i]]);
        }
        return row;
    }
}
