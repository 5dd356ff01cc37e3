package io.millrace.rule.emqx;

import io.millrace.rule.emqx.json.MemberTree;
import java.util.ArrayList;
import java.util.List;

/** How a rule reads the payload. Complete when the rule is compiled, and immutable after. */
final class PayloadPlan {
    private final MemberTree members = new MemberTree();
    private boolean whole;

    /** The members on known paths are enough, as long as {@link #readsWhole} is not called. */
    MemberTree members() {
        return members;
    }

    /** Something needs the whole document. */
    void readsWhole() {
        whole = true;
    }

    /** Whether the whole document is decoded. */
    boolean isWhole() {
        return whole;
    }

    /** Makes the code that reads a path below the payload. */
    Code path(Access[] steps) {
        List<String> names = new ArrayList<>();
        while (names.size() < steps.length && steps[names.size()] instanceof Access.Key key) {
            names.add(key.name());
        }
        int slot = members.add(names);
        Access[] rest = new Access[steps.length - names.size()];
        System.arraycopy(steps, names.size(), rest, 0, rest.length);
        if (rest.length == 0) {
            return frame ->
                    whole
                            ? Access.walk(frame.payload.whole(), steps, frame)
                            : frame.payload.member(slot);
        }
        return frame ->
                Access.walk(
                        whole ? frame.payload.whole() : frame.payload.member(slot),
                        whole ? steps : rest,
                        frame);
    }
}
