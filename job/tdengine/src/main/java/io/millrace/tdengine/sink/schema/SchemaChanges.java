package io.millrace.tdengine.sink.schema;

import io.millrace.common.Problems;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.sink.row.RowPlan;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and alters tables for the rows of one plan. Several subtasks may do so at once: what
 * another has done in the meantime counts as done. One thread.
 */
public final class SchemaChanges {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaChanges.class);

    /** So often is a table looked at again while others change it as well. */
    private static final int ATTEMPTS = 5;

    /** The server, as far as it matters here. */
    public interface Server {
        /** Describes a table; empty if it does not exist. */
        Optional<TargetTable> describe(String database, String table)
                throws IOException, InterruptedException;

        /** Runs a definition; returns as well if things are that way already. */
        void define(String sql) throws IOException, InterruptedException;
    }

    private final Server server;
    private final String database;
    private final SchemaEvolution evolution;
    private final TableDefinition definition;

    private SchemaChanges(
            Server server, String database, SchemaEvolution evolution, TableDefinition definition) {
        this.server = server;
        this.database = database;
        this.evolution = evolution;
        this.definition = definition;
    }

    /** Adds what would prevent tables from being made for a plan. */
    public static void check(RowPlan plan, SchemaEvolution evolution, Problems problems) {
        if (evolution.creates()) {
            TableDefinition.of(plan, evolution, problems);
        }
    }

    /**
     * Changes for a plan that was checked.
     *
     * @throws IllegalArgumentException if it was not, and there are problems
     */
    public static SchemaChanges of(RowPlan plan, SchemaEvolution evolution, Server server) {
        Problems problems = new Problems();
        TableDefinition definition =
                evolution.creates() ? TableDefinition.of(plan, evolution, problems) : null;
        problems.throwIfAny(IllegalArgumentException::new);
        return new SchemaChanges(server, plan.database(), evolution, definition);
    }

    /**
     * Describes a table, after it was created or given what it lacks, if that is allowed.
     *
     * @return empty if it does not exist, neither now
     */
    public Optional<TargetTable> describe(String table) throws IOException, InterruptedException {
        Optional<TargetTable> found = server.describe(database, table);
        if (found.isEmpty() && evolution.creates()) {
            define(definition.createStatement(database, table));
            found = server.describe(database, table);
        }
        if (found.isEmpty() || !evolution.alters() || !isAlterable(found.get())) {
            return found;
        }
        boolean changed = false;
        for (TargetColumn column : definition.missingFrom(found.get())) {
            define(TableDefinition.addStatement(found.get(), column));
            changed = true;
        }
        return changed ? server.describe(database, table) : found;
    }

    /**
     * A sub-table has the columns of its super table, and a table that is no super table no tags.
     */
    private boolean isAlterable(TargetTable table) {
        return definition.superTable()
                ? table.isSuperTable()
                : table.kind() == TargetTable.Kind.TABLE;
    }

    /** Whether it is worth trying to make a column of the table, as it was, hold longer values. */
    public boolean couldWiden(TargetTable table, String column, int needed) {
        return evolution.alters()
                && isAlterable(table)
                && table.column(column)
                        .flatMap(c -> Widening.widened(table, c, needed))
                        .isPresent();
    }

    /**
     * Makes a column hold longer values.
     *
     * @param needed the length that it must have at least
     * @return whether it does now
     */
    public boolean widen(String table, String column, int needed)
            throws IOException, InterruptedException {
        for (int attempt = 0; evolution.alters() && attempt < ATTEMPTS; attempt++) {
            Optional<TargetTable> found = server.describe(database, table);
            if (found.isEmpty() || !isAlterable(found.get())) {
                return false;
            }
            Optional<TargetColumn> now = found.get().column(column);
            if (now.isEmpty()) {
                return false;
            }
            if (now.get().length() >= needed) {
                return true;
            }
            Optional<TargetColumn> wider = Widening.widened(found.get(), now.get(), needed);
            if (wider.isEmpty()) {
                return false;
            }
            define(TableDefinition.widenStatement(found.get(), wider.get()));
        }
        return false;
    }

    private void define(String sql) throws IOException, InterruptedException {
        LOG.info("Changing TDengine's tables: {}", sql);
        server.define(sql);
    }
}
