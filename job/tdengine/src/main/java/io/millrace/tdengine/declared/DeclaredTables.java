package io.millrace.tdengine.declared;

import io.millrace.tdengine.client.Schemas;
import io.millrace.tdengine.client.TableSchemas;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tables by their definitions, as TDengine writes them ({@code CREATE STABLE …}). They stand before
 * those of a server if there is one: definitions that are applied here reach no server.
 * Thread-safe; a copy that was serialised goes its own way and knows no server.
 */
public final class DeclaredTables implements Schemas, Serializable {
    private static final long serialVersionUID = 1L;

    private record Database(TimePrecision precision, long keepMinutes) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private record Path(String database, String table) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** All guarded by this object's lock. */
    private final Map<String, Database> databases = new LinkedHashMap<>();

    private final Map<Path, TargetTable> tables = new LinkedHashMap<>();
    private final Set<Path> dropped = new LinkedHashSet<>();
    private transient Schemas server;

    /**
     * Reads definitions.
     *
     * @throws IllegalArgumentException if they are wrong; names the line
     */
    public static DeclaredTables of(String definitions) {
        DeclaredTables tables = new DeclaredTables();
        tables.apply(definitions);
        return tables;
    }

    /** Has a server answer for what is not declared. */
    public synchronized DeclaredTables before(Schemas asked) {
        server = asked;
        return this;
    }

    /**
     * Changes what is declared, as the server would if it was told.
     *
     * @throws IllegalArgumentException if the definitions are wrong; names the line
     */
    public synchronized void apply(String definitions) {
        new DdlReader(definitions, this).readAll();
    }

    /**
     * @param keep the longest of its times as written, or null
     */
    synchronized void putDatabase(String name, TimePrecision precision, String keep) {
        databases.put(
                name, new Database(precision, keep == null ? 0 : TableSchemas.keepMinutes(keep)));
    }

    synchronized void removeDatabase(String name) {
        databases.remove(name);
        tables.keySet().removeIf(path -> path.database().equals(name));
    }

    synchronized void put(
            String database, String table, TargetTable.Kind kind, List<TargetColumn> columns) {
        Database in = databases.computeIfAbsent(database, this::fromServer);
        Path path = new Path(database, table);
        dropped.remove(path);
        tables.put(
                path,
                new TargetTable(database, table, kind, in.precision(), in.keepMinutes(), columns));
    }

    private Database fromServer(String name) {
        try {
            TimePrecision precision =
                    server == null
                            ? TimePrecision.parse("ms")
                            : server.precision(name).orElse(TimePrecision.parse("ms"));
            return new Database(precision, 0);
        } catch (SQLException e) {
            throw new IllegalStateException("Database '" + name + "' cannot be looked at", e);
        }
    }

    synchronized void remove(String database, String table) {
        Path path = new Path(database, table);
        tables.remove(path);
        dropped.add(path);
    }

    Optional<TargetTable> find(String database, String table) {
        try {
            return describe(database, table);
        } catch (SQLException e) {
            throw new IllegalStateException("Table '" + table + "' cannot be looked at", e);
        }
    }

    @Override
    public synchronized List<String> databases() throws SQLException {
        Set<String> all = new LinkedHashSet<>(databases.keySet());
        if (server != null) {
            all.addAll(server.databases());
        }
        return all.stream().sorted().toList();
    }

    @Override
    public synchronized List<String> superTables(String database) throws SQLException {
        List<String> beyond = server == null ? List.of() : server.superTables(database);
        return names(database, TargetTable.Kind.SUPER_TABLE, beyond);
    }

    @Override
    public synchronized List<String> normalTables(String database) throws SQLException {
        List<String> beyond = server == null ? List.of() : server.normalTables(database);
        return names(database, TargetTable.Kind.TABLE, beyond);
    }

    private List<String> names(String database, TargetTable.Kind kind, List<String> beyond) {
        Set<String> names = new LinkedHashSet<>();
        for (TargetTable table : tables.values()) {
            if (table.database().equals(database) && table.kind() == kind) {
                names.add(table.name());
            }
        }
        beyond.stream()
                .filter(name -> !dropped.contains(new Path(database, name)))
                .forEach(names::add);
        return names.stream().sorted().toList();
    }

    @Override
    public synchronized Optional<TargetTable> describe(String database, String table)
            throws SQLException {
        Path path = new Path(database, table);
        TargetTable declared = tables.get(path);
        if (declared != null) {
            return Optional.of(declared);
        }
        return server == null || dropped.contains(path)
                ? Optional.empty()
                : server.describe(database, table);
    }

    @Override
    public synchronized Optional<TimePrecision> precision(String database) throws SQLException {
        Database known = databases.get(database);
        if (known != null) {
            return Optional.of(known.precision());
        }
        return server == null ? Optional.empty() : server.precision(database);
    }

    @Override
    public synchronized Optional<Map<String, String>> databaseOptions(
            String database, List<String> options) throws SQLException {
        Database known = databases.get(database);
        if (known == null) {
            return server == null ? Optional.empty() : server.databaseOptions(database, options);
        }
        Map<String, String> values = new TreeMap<>();
        if (options.contains("precision")) {
            values.put("precision", known.precision().symbol());
        }
        return Optional.of(new HashMap<>(values));
    }

    /** The tables that are declared, in the order of their definitions. */
    public synchronized List<TargetTable> tables() {
        return new ArrayList<>(tables.values());
    }
}
