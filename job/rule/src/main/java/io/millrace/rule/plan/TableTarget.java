package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.rule.RuleException;
import io.millrace.rule.operator.EmqxFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The table that a rule writes, and which of its columns, in the order of the rule's query.
 *
 * <p>For a TDengine table the rule gets a table of its own with the same options, whose columns are
 * nullable and may have the query's own types: the sink then checks each value against the real
 * column, where Flink's casts would cut a number silently and its NOT NULL check would end the job.
 * So it does for a table of the MQTT connector if the rule is in EMQX's dialect, for its dead
 * letters.
 */
final class TableTarget implements Target {
    private static final String TDENGINE = "tdengine";
    private static final String MQTT = "mqtt";

    private final ObjectIdentifier path;
    private final List<String> names;
    private final List<Column> written;
    private final Optional<CatalogTable> own;

    private TableTarget(
            ObjectIdentifier path,
            List<String> names,
            List<Column> written,
            Optional<CatalogTable> own) {
        this.path = path;
        this.names = names;
        this.written = written;
        this.own = own;
    }

    /**
     * Finds a rule's target.
     *
     * @param path its full name
     * @throws RuleException if there is no such table or column
     */
    static TableTarget of(Session session, Rule rule, ObjectIdentifier path) {
        List<Column> all = columns(session, rule, path);
        List<Column> written = all;
        if (rule.columns().isPresent()) {
            written = new ArrayList<>();
            for (SqlIdentifier name : rule.columns().get()) {
                written.add(column(rule, path, all, name));
            }
        }
        return new TableTarget(
                path,
                all.stream().map(Column::getName).toList(),
                written,
                ownTable(session.tables(), path, rule.emqx().isPresent()));
    }

    private static List<Column> columns(Session session, Rule rule, ObjectIdentifier path) {
        try {
            return session
                    .tables()
                    .from(path.asSerializableString())
                    .getResolvedSchema()
                    .getColumns()
                    .stream()
                    .filter(Column::isPersisted)
                    .toList();
        } catch (RuntimeException e) {
            throw rule.statement()
                    .file()
                    .error(rule.offset(rule.target()), reason(session, path, e), e);
        }
    }

    /** Why a table cannot be written, in words that help. */
    private static String reason(Session session, ObjectIdentifier path, RuntimeException e) {
        Optional<Catalog> catalog = session.tables().getCatalog(path.getCatalogName());
        if (catalog.isEmpty()) {
            List<String> known = List.of(session.tables().listCatalogs());
            return "There is no connection '%s'; there are %s. Give --tdengine-url or a connection in the settings file.%s"
                    .formatted(
                            path.getCatalogName(),
                            String.join(", ", known),
                            DidYouMean.hint(known, path.getCatalogName()));
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CatalogException && t.getMessage() != null) {
                return t.getMessage();
            }
        }
        try {
            List<String> databases = catalog.get().listDatabases();
            if (!databases.contains(path.getDatabaseName())) {
                return "Connection '%s' has no database '%s'.%s"
                        .formatted(
                                path.getCatalogName(),
                                path.getDatabaseName(),
                                DidYouMean.hint(databases, path.getDatabaseName()));
            }
            List<String> tables = catalog.get().listTables(path.getDatabaseName());
            if (!tables.contains(path.getObjectName())) {
                return "Database '%s' of connection '%s' has no table '%s'. Create it there first.%s"
                        .formatted(
                                path.getDatabaseName(),
                                path.getCatalogName(),
                                path.getObjectName(),
                                DidYouMean.hint(tables, path.getObjectName()));
            }
        } catch (DatabaseNotExistException | CatalogException unknown) {
            // Then the planner's own words have to do.
        }
        return Session.rootMessage(e);
    }

    private static Column column(
            Rule rule, ObjectIdentifier path, List<Column> all, SqlIdentifier name) {
        return all.stream()
                .filter(column -> column.getName().equals(name.getSimple()))
                .findFirst()
                .orElseThrow(
                        () ->
                                rule.statement()
                                        .file()
                                        .error(
                                                rule.offset(name),
                                                "Column '%s' is not in table %s; its columns are %s.%s"
                                                        .formatted(
                                                                name.getSimple(),
                                                                path.asSummaryString(),
                                                                String.join(
                                                                        ", ",
                                                                        all.stream()
                                                                                .map(
                                                                                        Column
                                                                                                ::getName)
                                                                                .toList()),
                                                                DidYouMean.hint(
                                                                        all.stream()
                                                                                .map(
                                                                                        Column
                                                                                                ::getName)
                                                                                .toList(),
                                                                        name.getSimple()))));
    }

    private static Optional<CatalogTable> ownTable(
            TableEnvironment tables, ObjectIdentifier path, boolean emqx) {
        Optional<Catalog> catalog = tables.getCatalog(path.getCatalogName());
        try {
            if (catalog.isPresent()
                    && catalog.get().getTable(path.toObjectPath()) instanceof CatalogTable table
                    && (isOf(TDENGINE, table) || emqx && isOf(MQTT, table))) {
                return Optional.of(table);
            }
        } catch (TableNotExistException e) {
            // A temporary table: it is written as it is.
        }
        return Optional.empty();
    }

    private static boolean isOf(String connector, CatalogTable table) {
        return connector.equals(table.getOptions().get(FactoryUtil.CONNECTOR.key()));
    }

    @Override
    public List<Column> written() {
        return written;
    }

    @Override
    public boolean checksNumbers() {
        return own.filter(table -> isOf(TDENGINE, table)).isPresent();
    }

    @Override
    public boolean keepsLetters() {
        return own.isPresent();
    }

    @Override
    public boolean hasColumn(String name) {
        return names.contains(name);
    }

    @Override
    public String register(
            Session session,
            Rule rule,
            List<Column> columns,
            List<LogicalType> types,
            boolean letters) {
        if (own.isEmpty()) {
            return path.asSerializableString();
        }
        Map<String, LogicalType> widened = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            widened.put(columns.get(i).getName(), types.get(i).copy(true));
        }
        Schema.Builder schema = Schema.newBuilder();
        for (Column column : columns(session, rule, path)) {
            LogicalType type = column.getDataType().getLogicalType().copy(true);
            schema.column(
                    column.getName(), DataTypes.of(widened.getOrDefault(column.getName(), type)));
        }
        if (letters) {
            schema.columnByMetadata(
                    letterColumn(), DataTypes.STRING(), EmqxFunction.DEAD_LETTER, false);
        }
        Map<String, String> options = new LinkedHashMap<>(own.get().getOptions());
        options.put("sink.rule", rule.name());
        TableDescriptor.Builder table =
                TableDescriptor.forConnector(options.remove("connector")).schema(schema.build());
        options.forEach(table::option);
        ObjectIdentifier name =
                ObjectIdentifier.of(
                        session.tables().getCurrentCatalog(),
                        session.tables().getCurrentDatabase(),
                        path.asSummaryString() + " of rule " + rule.name());
        session.tables().createTemporaryTable(name.asSerializableString(), table.build());
        return name.asSerializableString();
    }
}
