package io.millrace.tdengine.catalog;

import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.client.TargetTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

/**
 * Shows the databases and tables of one TDengine. Names are compared exactly; those that were
 * created without back-ticks are in lower case. It connects when it is first asked, never changes
 * anything, and may be used by any number of threads.
 */
public final class TDengineCatalog extends ReadOnlyCatalog {
    private static final Duration REMEMBER = Duration.ofSeconds(5);
    private static final int LONGEST_NAME = 192;

    /** Views of the server on itself, which have no time and cannot be written. */
    private static final Set<String> VIRTUAL_DATABASES =
            Set.of("information_schema", "performance_schema");

    /** The server's own, which users do not look for; they are found by name nevertheless. */
    private static final Set<String> SYSTEM_DATABASES = Set.of("log", "audit");

    private record DatabasesKey() {}

    private record TablesKey(String database) {}

    private record TableKey(ObjectPath path) {}

    /** So that a list can be remembered with its type. */
    private record Names(List<String> names) {}

    private final String name;
    private final String defaultDatabase;
    private final Map<String, String> tableOptions;
    private final ServerMetadata metadata;

    /**
     * Creates a catalog. Does not connect.
     *
     * @param name in the session
     * @param defaultDatabase may be null; then statements name the database
     * @param settings where and who
     * @param tableOptions what the catalog's tables have in common: the connector's options of the
     *     connection and of the sink
     */
    public TDengineCatalog(
            String name,
            String defaultDatabase,
            TDengineConnectionSettings settings,
            Map<String, String> tableOptions) {
        this(
                name,
                defaultDatabase,
                tableOptions,
                new ServerMetadata(
                        name, settings, REMEMBER, System::nanoTime, ServerMetadata::connect));
    }

    TDengineCatalog(
            String name,
            String defaultDatabase,
            Map<String, String> tableOptions,
            ServerMetadata metadata) {
        this.name = name;
        this.defaultDatabase = defaultDatabase;
        this.tableOptions = Map.copyOf(tableOptions);
        this.metadata = metadata;
    }

    @Override
    String name() {
        return name;
    }

    @Override
    public void open() {
        // Connects when asked, so that a session starts while the server is away.
    }

    @Override
    public void close() {
        metadata.close();
    }

    @Override
    public String getDefaultDatabase() {
        return defaultDatabase;
    }

    @Override
    public List<String> listDatabases() {
        return databases().stream()
                .filter(database -> !SYSTEM_DATABASES.contains(database))
                .toList();
    }

    private List<String> databases() {
        return metadata
                .find(
                        new DatabasesKey(),
                        Names.class,
                        schemas -> Optional.of(new Names(schemas.databases())))
                .orElseThrow()
                .names
                .stream()
                .filter(database -> !VIRTUAL_DATABASES.contains(database))
                .toList();
    }

    @Override
    public boolean databaseExists(String databaseName) {
        return databases().contains(databaseName);
    }

    @Override
    public CatalogDatabase getDatabase(String databaseName) throws DatabaseNotExistException {
        requireDatabase(databaseName);
        return new CatalogDatabaseImpl(Map.of(), "TDengine database");
    }

    private void requireDatabase(String databaseName) throws DatabaseNotExistException {
        if (!databaseExists(databaseName)) {
            throw new DatabaseNotExistException(name, databaseName);
        }
    }

    /** Lists super tables and tables; sub-tables, of which there may be millions, are left out. */
    @Override
    public List<String> listTables(String databaseName) throws DatabaseNotExistException {
        requireDatabase(databaseName);
        return metadata.find(
                        new TablesKey(databaseName),
                        Names.class,
                        schemas -> {
                            Set<String> names = new TreeSet<>(schemas.superTables(databaseName));
                            names.addAll(schemas.normalTables(databaseName));
                            return Optional.of(new Names(List.copyOf(names)));
                        })
                .orElseThrow()
                .names;
    }

    @Override
    public List<String> listViews(String databaseName) throws DatabaseNotExistException {
        requireDatabase(databaseName);
        return List.of();
    }

    @Override
    public boolean tableExists(ObjectPath path) {
        return find(path).isPresent();
    }

    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
        return find(path)
                .map(table -> ShownTable.of(table, tableOptions))
                .orElseThrow(() -> new TableNotExistException(name, path));
    }

    private Optional<TargetTable> find(ObjectPath path) {
        if (VIRTUAL_DATABASES.contains(path.getDatabaseName())
                || !isPossible(path.getDatabaseName())
                || !isPossible(path.getObjectName())) {
            return Optional.empty();
        }
        return metadata.find(
                new TableKey(path),
                TargetTable.class,
                schemas -> schemas.describe(path.getDatabaseName(), path.getObjectName()));
    }

    /** Whether TDengine could have the name; others are not worth a question. */
    private static boolean isPossible(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '`' && c != '.');
    }
}
