package io.millrace.rule.payload;

import io.millrace.rule.Problem;
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
     * @param at where
     */
    private record Use(Hint hint, Problem at) {}

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

    void use(Hint hint, Problem at) {
        uses.add(new Use(hint, at));
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
            throw contradiction(element.first(), "is used as an object and as an array");
        }
        List<Use> whole = uses.stream().filter(use -> !use.hint.isNone()).toList();
        if ((inner || element != null) && !uses.isEmpty()) {
            throw contradiction(
                    uses.get(0).at,
                    "is used as a whole at %s and by what is inside it"
                            .formatted(uses.get(0).at.place()));
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
                        use.at,
                        "is used as %s at %s and as %s at %s"
                                .formatted(
                                        type.asSummaryString(),
                                        widest.at.place(),
                                        asked.asSummaryString(),
                                        use.at.place()));
            }
            type = both;
            widest = use;
        }
        return Widening.orDefault(type, whole.stream().anyMatch(use -> use.hint.number()));
    }

    /** The ways to those members whose type nothing says, so that they are taken for texts. */
    List<String> assumed() {
        List<String> assumed = new ArrayList<>();
        members.values().forEach(member -> assumed.addAll(member.assumed()));
        if (element != null) {
            assumed.addAll(element.assumed());
        }
        boolean said = uses.stream().anyMatch(use -> use.hint.type() != null || use.hint.number());
        if (isWhole() && !said) {
            assumed.add(path);
        }
        return assumed;
    }

    /** Where it, or something in it, is used first. */
    private Problem first() {
        if (!uses.isEmpty()) {
            return uses.get(0).at;
        }
        return element != null ? element.first() : members.values().iterator().next().first();
    }

    private RuleException contradiction(Problem at, String what) {
        return new RuleException(
                at.withMessage(
                        "Member '%s' %s.".formatted(path, what),
                        "Say what it is in the rule's header, for example '-- schema: %s DOUBLE'."
                                .formatted(path.substring(path.lastIndexOf('.') + 1))),
                null);
    }
}
