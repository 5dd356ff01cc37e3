package io.millrace.rule.emqx.convert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects remarks, each reason once. */
final class Remarks {
    private final List<Remark> all = new ArrayList<>();

    /** A part is converted, and differs. */
    void differs(int offset, String message) {
        add(new Remark(offset, true, message));
    }

    /** A part is not converted. */
    void missing(int offset, String message) {
        add(new Remark(offset, false, message));
    }

    private void add(Remark remark) {
        if (all.stream().noneMatch(known -> known.message().equals(remark.message()))) {
            all.add(remark);
        }
    }

    /** The remarks in the order of the rule. */
    List<Remark> sorted() {
        return all.stream().sorted(Comparator.comparingInt(Remark::offset)).toList();
    }
}
