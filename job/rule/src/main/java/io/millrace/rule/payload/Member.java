package io.millrace.rule.payload;

import io.millrace.rule.RuleException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A payload, or a member of one, and what the rules of a job ask of it. Its type is the widest that
 * all of them ask for. Built by one thread.
 */
final class Member {

    /**
     * A place that uses the member as a value.
     *
     * @param place where, as {@code file:line:column}
     */
    private record Use(Hint hint, String place) {}

    private final String path;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final List<Use> uses = new ArrayList<>();
    private Member element;

    Member(String path) {
        this.path = path;
    }

    Member member(String name) {
        return members.computeIfAbsent(name, n -> new Member(path + "." + n));
    }

    Member element() {
        if (element == null) {
            element = new Member(path + "[]");
        }
        return element;
    }

    void use(Hint hint, String place) {
        uses.add(new Use(hint, place));
    }

    /** Whether rules take the value as it is and nothing inside it. */
    boolean isWhole() {
        return members.isEmpty() && element == null;
    }

    /**
     * The type.
     *
     * @throws RuleException if two uses contradict each other
     */
    LogicalType type() {
        boolean inner = !members.isEmpty();
        if (inner && element != null) {
            throw contradiction("is used as an object and as an array");
        }
        List<Use> whole = uses.stream().filter(use -> !use.hint.isNone()).toList();
        if ((inner || element != null) && !uses.isEmpty()) {
            throw contradiction(
                    "is used as a whole at %s and by what is inside it"
                            .formatted(uses.get(0).place));
        }
        if (inner) {
            return new RowType(
                    members.entrySet().stream()
                            .map(m -> new RowType.RowField(m.getKey(), m.getValue().type()))
                            .toList());
        }
        if (element != null) {
            return new ArrayType(element.type());
        }
        LogicalType type = null;
        Use widest = null;
        for (Use use : whole) {
            LogicalType asked = use.hint.type();
            if (asked == null) {
                continue;
            }
            LogicalType both = type == null ? asked : Widening.widest(type, asked).orElse(null);
            if (both == null) {
                throw contradiction(
                        "is used as %s at %s and as %s at %s"
                                .formatted(
                                        type.asSummaryString(),
                                        widest.place,
                                        asked.asSummaryString(),
                                        use.place));
            }
            type = both;
            widest = use;
        }
        return Widening.orDefault(type, whole.stream().anyMatch(use -> use.hint.number()));
    }

    private RuleException contradiction(String what) {
        return new RuleException(
                "Member '%s' %s. Say what it is in the rule's header, for example '-- schema: %s DOUBLE'."
                        .formatted(path, what, path.substring(path.lastIndexOf('.') + 1)));
    }
}
