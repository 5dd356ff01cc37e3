package io.millrace.tdengine.catalog;

import io.millrace.tdengine.client.FlinkTypes;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.table.TDengineConnectorOptions;
import io.millrace.tdengine.table.TDengineDynamicTableFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;

/**
 * How a table of TDengine appears in Flink. A super table has {@code tbname} first, the name of a
 * row's sub-table (NULL: the sink makes one up), then columns, then tags. A sub-table has its
 * columns only: its tags are settled. The comment of each column is its type in TDengine.
 */
final class ShownTable {
    /** TDengine's name for the name of a row's table. */
    static final String SUB_TABLE_COLUMN = "tbname";

    /** The options that each table has beside those of its catalog. */
    static final Set<String> OWN_OPTIONS =
            Set.of(
                    FactoryUtil.CONNECTOR.key(),
                    TDengineConnectorOptions.DATABASE.key(),
                    TDengineConnectorOptions.SUPER_TABLE.key(),
                    TDengineConnectorOptions.TABLE.key());

    private ShownTable() {}

    /**
     * Makes the table that Flink sees.
     *
     * @param connectorOptions of all tables of the catalog
     */
    static CatalogTable of(TargetTable table, Map<String, String> connectorOptions) {
        Map<String, String> options = new TreeMap<>(connectorOptions);
        options.put(FactoryUtil.CONNECTOR.key(), TDengineDynamicTableFactory.IDENTIFIER);
        options.put(TDengineConnectorOptions.DATABASE.key(), table.database());
        if (table.isSuperTable()) {
            options.put(TDengineConnectorOptions.SUPER_TABLE.key(), table.name());
        } else {
            options.put(TDengineConnectorOptions.TABLE.key(), table.name());
            options.remove(TDengineConnectorOptions.SUB_TABLE.key());
        }

        Schema.Builder schema = Schema.newBuilder();
        if (table.isSuperTable()) {
            schema.column(SUB_TABLE_COLUMN, DataTypes.STRING())
                    .withComment("name of the sub-table");
        }
        List<String> notShown = new ArrayList<>();
        for (TargetColumn column : table.columns()) {
            if (column.isTag() && !table.isSuperTable()) {
                continue;
            }
            Optional<DataType> type = FlinkTypes.of(column, table.precision());
            if (type.isPresent()) {
                schema.column(column.name(), type.get()).withComment(comment(column));
            } else {
                notShown.add(column.name());
            }
        }
        return CatalogTable.newBuilder()
                .schema(schema.build())
                .comment(comment(table, notShown))
                .options(options)
                .build();
    }

    private static String comment(TargetColumn column) {
        return switch (column.role()) {
            case TIME, VALUE -> column.describeType();
            case KEY -> column.describeType() + " PRIMARY KEY";
            case TAG -> column.describeType() + " TAG";
        };
    }

    private static String comment(TargetTable table, List<String> notShown) {
        String kind =
                switch (table.kind()) {
                    case SUPER_TABLE -> "TDengine super table";
                    case SUB_TABLE -> "TDengine sub-table";
                    case TABLE -> "TDengine table";
                };
        return notShown.isEmpty()
                ? kind
                : kind
                        + "; left out, since their types cannot be written: "
                        + String.join(", ", notShown);
    }
}
