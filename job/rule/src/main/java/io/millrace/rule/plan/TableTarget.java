package io.millrace.rule.plan;

import io.millrace.rule.RuleException;
import io.millrace.rule.operator.EmqxFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

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
        List<Column> all = TargetColumns.all(session, rule, path);
        List<Column> written = all;
        if (rule.columns().isPresent()) {
            written = TargetColumns.listed(session, rule, path, all);
        }
        return new TableTarget(
                path,
                all.stream().map(Column::getName).toList(),
                written,
                ownTable(session.tables(), path, rule.emqx().isPresent()));
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
    public Optional<String> connector() {
        return own.map(table -> table.getOptions().get(FactoryUtil.CONNECTOR.key()));
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
        Schema.Builder schema = Schema.newBuilder();
        rowType(session, rule, columns, types)
                .getFields()
                .forEach(field -> schema.column(field.getName(), DataTypes.of(field.getType())));
        if (letters) {
            schema.columnByMetadata(
                    letterColumn(), DataTypes.STRING(), EmqxFunction.DEAD_LETTER, false);
        }
        Map<String, String> options = new LinkedHashMap<>(own.get().getOptions());
        options.put("sink.rule", rule.name());
        TableDescriptor.Builder table =
                TableDescriptor.forConnector(options.remove("connector")).schema(schema.build());
        options.forEach(table::option);
        return own(session, rule, path, table.build());
    }

    /** Makes a table for one rule and answers its name. */
    static String own(
            Session session, Rule rule, ObjectIdentifier path, TableDescriptor descriptor) {
        ObjectIdentifier name =
                ObjectIdentifier.of(
                        session.tables().getCurrentCatalog(),
                        session.tables().getCurrentDatabase(),
                        path.asSummaryString() + " of rule " + rule.name());
        session.tables().createTemporaryTable(name.asSerializableString(), descriptor);
        return name.asSerializableString();
    }

    /**
     * The columns of the table that the rule gets: all of them nullable, those that it writes with
     * these types.
     */
    RowType rowType(Session session, Rule rule, List<Column> columns, List<LogicalType> types) {
        Map<String, LogicalType> widened = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            widened.put(columns.get(i).getName(), types.get(i).copy(true));
        }
        return new RowType(
                TargetColumns.all(session, rule, path).stream()
                        .map(
                                column ->
                                        new RowType.RowField(
                                                column.getName(),
                                                widened.getOrDefault(
                                                        column.getName(),
                                                        column.getDataType()
                                                                .getLogicalType()
                                                                .copy(true))))
                        .toList());
    }

    /** Its full name. */
    ObjectIdentifier path() {
        return path;
    }

    /** The options of the table if it is one of TDengine, and of the connector. */
    Optional<Map<String, String>> tdengineOptions() {
        return own.filter(table -> isOf(TDENGINE, table)).map(CatalogTable::getOptions);
    }
}
