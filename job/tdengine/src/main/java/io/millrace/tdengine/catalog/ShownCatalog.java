package io.millrace.tdengine.catalog;

import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
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

/** Shows the databases and tables of one TDengine. */
abstract class ShownCatalog extends TablesOnlyCatalog {

    /** Views of the server on itself, which have no time and cannot be written. */
    private static final Set<String> VIRTUAL_DATABASES =
            Set.of("information_schema", "performance_schema");

    /** The server's own, which users do not look for; they are found by name nevertheless. */
    static final Set<String> SYSTEM_DATABASES = Set.of("log", "audit");

    private record DatabasesKey() {}

    private record TablesKey(String database) {}

    private record TableKey(ObjectPath path) {}

    private record OptionsKey(String database) {}

    private record PrecisionKey(String database) {}

    /** So that a map can be remembered with its type. */
    private record Options(Map<String, String> values) {}

    /** So that a list can be remembered with its type. */
    private record Names(List<String> names) {}

    final String name;
    private final String defaultDatabase;
    final Map<String, String> tableOptions;
    final ServerMetadata metadata;

    ShownCatalog(
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
        return new CatalogDatabaseImpl(options(databaseName), "TDengine database");
    }

    final void requireDatabase(String databaseName) throws DatabaseNotExistException {
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

    final Optional<TargetTable> find(ObjectPath path) {
        if (VIRTUAL_DATABASES.contains(path.getDatabaseName())
                || !NameRules.isPossible(path.getDatabaseName())
                || !NameRules.isPossible(path.getObjectName())) {
            return Optional.empty();
        }
        return metadata.find(
                new TableKey(path),
                TargetTable.class,
                schemas -> schemas.describe(path.getDatabaseName(), path.getObjectName()));
    }

    final Map<String, String> options(String databaseName) throws DatabaseNotExistException {
        return metadata.find(
                        new OptionsKey(databaseName),
                        Options.class,
                        schemas ->
                                schemas.databaseOptions(databaseName, DatabaseDdl.SHOWN)
                                        .map(Options::new))
                .orElseThrow(() -> new DatabaseNotExistException(name, databaseName))
                .values;
    }

    final TimePrecision precision(ObjectPath path) throws DatabaseNotExistException {
        return metadata.find(
                        new PrecisionKey(path.getDatabaseName()),
                        TimePrecision.class,
                        schemas -> schemas.precision(path.getDatabaseName()))
                .orElseThrow(() -> new DatabaseNotExistException(name, path.getDatabaseName()));
    }
}
