package io.millrace.rule.plan;

import io.millrace.tdengine.catalog.TDengineCatalog;
import io.millrace.tdengine.client.TargetTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;

/**
 * A connection to TDengine as a check sees it: what a rule file creates stays in memory, so that
 * nothing on the server changes, and a server that did not answer once is not asked again. Used by
 * one thread. The parent is not public API in Flink 2.3; see {@code MqttCatalog}.
 */
final class CheckedCatalog extends GenericInMemoryCatalog {
    private static final String NO_DATABASE = "default";

    private final TDengineCatalog server;
    private final Map<String, String> options;
    private final Set<String> databases = new LinkedHashSet<>();
    private final Set<ObjectPath> created = new LinkedHashSet<>();
    private boolean asked;
    private String failure;

    /**
     * @param options of the connection
     * @param asked whether the server may be asked
     */
    CheckedCatalog(
            String name, TDengineCatalog server, Map<String, String> options, boolean asked) {
        super(name, database(server));
        this.server = server;
        this.options = new HashMap<>(options);
        this.options.remove("type");
        this.options.remove("default-database");
        this.asked = asked;
    }

    private static String database(TDengineCatalog server) {
        String name = server.getDefaultDatabase();
        return name == null ? NO_DATABASE : name;
    }

    /** Options that its tables have in common. */
    Map<String, String> options() {
        return options;
    }

    /** Whether the server is not asked. */
    boolean isAway() {
        return !asked;
    }

    /** Why the server could not be asked, if it was tried. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether a table of that name was created here. */
    boolean isCreated(ObjectPath path) {
        return created.contains(path);
    }

    /**
     * Whether a table is what the server says of it. Asks the server, so that it is known
     * afterwards whether it {@linkplain #isAway() answers}.
     */
    boolean knows(ObjectPath path) {
        describe(path);
        return !isAway() && !isCreated(path);
    }

    /** The table as the server describes it, if there is one and the server can be asked. */
    Optional<TargetTable> describe(ObjectPath path) {
        if (isAway() || isCreated(path)) {
            return Optional.empty();
        }
        try {
            return server.describe(path);
        } catch (CatalogException e) {
            giveUp(e);
            return Optional.empty();
        }
    }

    /** The names of a database's tables; none if the server cannot be asked. */
    List<String> tables(String database) {
        try {
            return listTables(database);
        } catch (DatabaseNotExistException none) {
            return List.of();
        }
    }

    private ServerAwayException away() {
        return new ServerAwayException(getName());
    }

    private void giveUp(CatalogException e) {
        asked = false;
        failure = e.getMessage();
    }

    @Override
    public String getDefaultDatabase() {
        return server == null ? super.getDefaultDatabase() : server.getDefaultDatabase();
    }

    @Override
    public void open() {
        // The server is asked when something is asked.
    }

    @Override
    public void close() {
        server.close();
    }

    @Override
    public void createDatabase(String name, CatalogDatabase database, boolean ignoreIfExists)
            throws DatabaseAlreadyExistException {
        super.createDatabase(name, database, ignoreIfExists);
        databases.add(name);
    }

    @Override
    public boolean databaseExists(String name) {
        if (isAway() || databases.contains(name)) {
            return true;
        }
        try {
            return server.databaseExists(name);
        } catch (CatalogException e) {
            giveUp(e);
            return true;
        }
    }

    @Override
    public List<String> listDatabases() {
        List<String> all = new ArrayList<>(databases);
        if (!isAway()) {
            try {
                all.addAll(server.listDatabases());
            } catch (CatalogException e) {
                giveUp(e);
            }
        }
        return all;
    }

    @Override
    public List<String> listTables(String database) throws DatabaseNotExistException {
        List<String> all =
                new ArrayList<>(
                        created.stream()
                                .filter(path -> path.getDatabaseName().equals(database))
                                .map(ObjectPath::getObjectName)
                                .toList());
        if (!isAway() && !databases.contains(database)) {
            try {
                all.addAll(server.listTables(database));
            } catch (CatalogException e) {
                giveUp(e);
            }
        }
        return all;
    }

    @Override
    public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws TableAlreadyExistException, DatabaseNotExistException {
        boolean exists = tableExists(path);
        super.createTable(path, table, ignoreIfExists);
        if (!exists) {
            created.add(path);
        }
    }

    @Override
    public boolean tableExists(ObjectPath path) {
        return created.contains(path) || describe(path).isPresent();
    }

    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
        if (created.contains(path)) {
            return super.getTable(path);
        }
        if (isAway()) {
            throw away();
        }
        try {
            return server.getTable(path);
        } catch (CatalogException e) {
            giveUp(e);
            throw away();
        }
    }

    @Override
    public CatalogTableStatistics getTableStatistics(ObjectPath path) {
        return CatalogTableStatistics.UNKNOWN;
    }

    @Override
    public CatalogColumnStatistics getTableColumnStatistics(ObjectPath path) {
        return CatalogColumnStatistics.UNKNOWN;
    }
}
