package io.millrace.tdengine.sink;

import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.sink.plan.DeclaredKey;
import io.millrace.tdengine.sink.row.RowBinder;
import io.millrace.tdengine.sink.row.RowPlan;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares a sink with the table that the server has: what the running job would find out with its
 * first row. Stateless.
 */
public final class SinkCheck {
    private SinkCheck() {}

    /** What does not fit, a line each. */
    public static List<String> problems(TDengineSinkSettings settings, TargetTable table) {
        for (RowPlan plan : settings.plans()) {
            try {
                RowBinder.bind(plan, table, settings.rules(), Clock.systemUTC());
            } catch (IllegalArgumentException e) {
                return e.getMessage().lines().toList();
            }
        }
        return settings.plans().stream()
                .flatMap(plan -> DeclaredKey.problem(settings.primaryKey(), plan, table).stream())
                .toList();
    }

    /** The columns of the rows of which the name of a row's sub-table is made. */
    public static Set<String> namingColumns(TDengineSinkSettings settings, TargetTable table) {
        return settings.plans().stream()
                .flatMap(plan -> DeclaredKey.namingFields(plan, table).stream())
                .collect(Collectors.toSet());
    }
}
