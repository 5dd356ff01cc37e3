package io.millrace.rule.emqx.convert;

import java.util.List;

/**
 * An EMQX rule as Flink SQL.
 *
 * @param sql a query; what could not be converted is NULL or left out in it
 * @param columns the names of its columns, for the list behind {@code INSERT INTO target}; empty if
 *     it has a star
 * @param remarks the parts that are not the same, in the order of the rule; none if it is faithful
 */
public record Conversion(String sql, List<String> columns, List<Remark> remarks) {
    /** Creates one. */
    public Conversion {
        columns = List.copyOf(columns);
        remarks = List.copyOf(remarks);
    }

    /** Whether all parts are in the SQL, although some may differ as their remarks say. */
    public boolean isComplete() {
        return remarks.stream().allMatch(Remark::converted);
    }

    /** Whether the SQL gives the same rows. */
    public boolean isFaithful() {
        return remarks.isEmpty();
    }
}
