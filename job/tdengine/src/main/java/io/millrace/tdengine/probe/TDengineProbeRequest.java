package io.millrace.tdengine.probe;

import io.millrace.tdengine.client.TDengineConnectionSettings;
import java.time.Duration;
import java.util.List;

/**
 * What to look at.
 *
 * @param databases that a job uses, by their exact names
 * @param tables that a job writes
 * @param createsTables whether a missing table is created by the first row
 * @param timeout of each step
 */
public record TDengineProbeRequest(
        TDengineConnectionSettings connection,
        List<String> databases,
        List<Table> tables,
        boolean createsTables,
        Duration timeout) {

    /** A table or super table, by its exact name. */
    public record Table(String database, String name) {}

    public TDengineProbeRequest {
        databases = List.copyOf(databases);
        tables = List.copyOf(tables);
    }
}
