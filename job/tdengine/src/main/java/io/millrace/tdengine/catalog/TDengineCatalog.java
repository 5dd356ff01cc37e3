package io.millrace.tdengine.catalog;

import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.declared.DeclaredTables;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

/**
 * Shows the databases and tables of one TDengine, and creates, changes and drops them. Names are
 * compared exactly; those that were created without back-ticks are in lower case. It connects when
 * it is first asked, and may be used by any number of threads. What it executes is logged.
 */
public final class TDengineCatalog extends ShownCatalog {
    private static final Duration REMEMBER = Duration.ofSeconds(5);

    private final String url;
    private final Optional<DeclaredTables> declared;

    /**
     * Creates a catalog. Does not connect.
     *
     * @param name in the session
     * @param defaultDatabase may be null; then statements name the database
     * @param settings where and who
     * @param tableOptions what the catalog's tables have in common: the connector's options of the
     *     connection and of the sink
     * @param declared tables that stand before the server's; empty if the catalog may write
     */
    TDengineCatalog(
            String name,
            String defaultDatabase,
            TDengineConnectionSettings settings,
            Map<String, String> tableOptions,
            CatalogAccess access,
            Optional<DeclaredTables> declared) {
        super(
                name,
                defaultDatabase,
                tableOptions,
                new ServerMetadata(
                        name,
                        settings,
                        REMEMBER,
                        System::nanoTime,
                        declared.map(tables -> DeclaredLink.opener(tables, access))
                                .orElse(ServerMetadata::connect)));
        this.url = settings.url();
        this.declared = declared;
    }

    /** The server's address, without a secret. */
    public String url() {
        return url;
    }

    /** The tables that stand before the server's, and what was changed; empty if it may write. */
    public Optional<DeclaredTables> declared() {
        return declared;
    }

    /**
     * A table as the server describes it, with what Flink's types do not show.
     *
     * @throws org.apache.flink.table.catalog.exceptions.CatalogException if the server cannot be
     *     asked
     */
    public Optional<TargetTable> describe(ObjectPath path) {
        return find(path);
    }

    @Override
    public void createDatabase(
            String databaseName, CatalogDatabase database, boolean ignoreIfExists)
            throws DatabaseAlreadyExistException {
        metadata.forget();
        if (databaseExists(databaseName)) {
            if (!ignoreIfExists) {
                throw new DatabaseAlreadyExistException(name, databaseName);
            }
            return;
        }
        metadata.change(
                DatabaseDdl.create(databaseName, database.getProperties(), database.getComment()));
    }

    @Override
    public void alterDatabase(
            String databaseName, CatalogDatabase database, boolean ignoreIfNotExists)
            throws DatabaseNotExistException {
        metadata.forget();
        if (!databaseExists(databaseName) && ignoreIfNotExists) {
            return;
        }
        DatabaseDdl.alter(databaseName, options(databaseName), database.getProperties())
                .forEach(metadata::change);
    }

    @Override
    public void dropDatabase(String databaseName, boolean ignoreIfNotExists, boolean cascade)
            throws DatabaseNotExistException, DatabaseNotEmptyException {
        metadata.forget();
        if (!databaseExists(databaseName)) {
            if (!ignoreIfNotExists) {
                throw new DatabaseNotExistException(name, databaseName);
            }
            return;
        }
        if (SYSTEM_DATABASES.contains(databaseName)) {
            throw new ValidationException(
                    "Database '" + databaseName + "' is TDengine's own and is not dropped.");
        }
        if (!cascade && !listTables(databaseName).isEmpty()) {
            throw new DatabaseNotEmptyException(name, databaseName);
        }
        metadata.change("DROP DATABASE " + SqlText.name(databaseName));
    }

    @Override
    public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws TableAlreadyExistException, DatabaseNotExistException {
        metadata.forget();
        requireDatabase(path.getDatabaseName());
        if (tableExists(path)) {
            if (!ignoreIfExists) {
                throw new TableAlreadyExistException(name, path);
            }
            return;
        }
        if (!(table instanceof ResolvedCatalogTable resolved)) {
            throw new ValidationException(
                    "'"
                            + path.getFullName()
                            + "' is no table; TDengine's catalog has tables only. Use CREATE"
                            + " TEMPORARY VIEW.");
        }
        Set<String> known = new HashSet<>(tableOptions.keySet());
        known.addAll(ShownTable.OWN_OPTIONS);
        metadata.change(TableDdl.create(path, resolved, precision(path), known));
    }

    @Override
    public void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists) {
        throw new UnsupportedOperationException(
                "A catalog of TDengine changes table '"
                        + path.getFullName()
                        + "' by single changes only: ALTER TABLE ... ADD, MODIFY, DROP, RENAME.");
    }

    @Override
    public void alterTable(
            ObjectPath path,
            CatalogBaseTable table,
            List<TableChange> changes,
            boolean ignoreIfNotExists)
            throws TableNotExistException {
        metadata.forget();
        Optional<TargetTable> found = find(path);
        if (found.isEmpty()) {
            if (!ignoreIfNotExists) {
                throw new TableNotExistException(name, path);
            }
            return;
        }
        TableAlteration.statements(found.get(), changes).forEach(metadata::change);
    }

    /** Drops a table; a super table with all its sub-tables. */
    @Override
    public void dropTable(ObjectPath path, boolean ignoreIfNotExists)
            throws TableNotExistException {
        metadata.forget();
        Optional<TargetTable> found = find(path);
        if (found.isEmpty()) {
            if (!ignoreIfNotExists) {
                throw new TableNotExistException(name, path);
            }
            return;
        }
        metadata.change(
                (found.get().isSuperTable() ? "DROP STABLE " : "DROP TABLE ")
                        + SqlText.name(path.getDatabaseName())
                        + "."
                        + SqlText.name(path.getObjectName()));
    }

    @Override
    public void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists) {
        throw new UnsupportedOperationException(
                "TDengine cannot rename table '"
                        + path.getFullName()
                        + "'. Create '"
                        + newName
                        + "', copy the rows by INSERT INTO ... SELECT, and drop the old one.");
    }
}
