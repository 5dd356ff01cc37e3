package io.millrace.mqtt.catalog;

import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.mqtt.table.MqttMetadata;
import io.millrace.mqtt.table.MqttTableFactory;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * A connection to a broker. In its default database each name that is a valid topic filter can be
 * read as a table: {@code SELECT * FROM mqtt.`default`.`devices/+/temp`}. Such a topic table has
 * the column {@code payload STRING} and all metadata columns.
 *
 * <p>Tables and views that a user creates live beside that, in memory, and come before topics of
 * the same name; so the type of a topic's payload is declared by {@code CREATE TABLE} under the
 * topic's name. That is why {@link #tableExists} and {@link #listTables} know created tables only,
 * while {@link #getTable} answers for topics too: {@code CREATE TABLE} asks the one, a query the
 * other. The price is that a misspelt table name in a query is read as a topic, so this should not
 * be a session's current catalog.
 *
 * <p>The parent is not public API in Flink 2.3; there is no public catalog that keeps tables in
 * memory, and writing one would be sixty methods.
 */
public final class MqttCatalog extends GenericInMemoryCatalog {
    private final Map<String, String> options;

    /**
     * @param options connection and scan options of the connector, checked, without {@code type}
     *     and {@code default-database}
     */
    MqttCatalog(String name, String defaultDatabase, Map<String, String> options) {
        super(name, defaultDatabase);
        this.options = Map.copyOf(options);
    }

    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
        if (tableExists(path) || !isTopic(path)) {
            return super.getTable(path);
        }
        return topicTable(path.getObjectName());
    }

    @Override
    public CatalogTableStatistics getTableStatistics(ObjectPath path)
            throws TableNotExistException {
        return tableExists(path) || !isTopic(path)
                ? super.getTableStatistics(path)
                : CatalogTableStatistics.UNKNOWN;
    }

    @Override
    public CatalogColumnStatistics getTableColumnStatistics(ObjectPath path)
            throws TableNotExistException {
        return tableExists(path) || !isTopic(path)
                ? super.getTableColumnStatistics(path)
                : CatalogColumnStatistics.UNKNOWN;
    }

    private boolean isTopic(ObjectPath path) {
        if (!path.getDatabaseName().equals(getDefaultDatabase())) {
            return false;
        }
        try {
            TopicFilter.parse(path.getObjectName());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private CatalogTable topicTable(String topic) {
        Schema.Builder schema =
                Schema.newBuilder()
                        .column(MqttOptions.PAYLOAD_COLUMN.defaultValue(), DataTypes.STRING());
        MqttMetadata.all().forEach((name, type) -> schema.columnByMetadata(name, type, null, true));
        Map<String, String> tableOptions = new HashMap<>(options);
        tableOptions.put(FactoryUtil.CONNECTOR.key(), MqttTableFactory.IDENTIFIER);
        tableOptions.put(FactoryUtil.FORMAT.key(), "raw");
        tableOptions.put(MqttOptions.TOPIC.key(), topic);
        if (!TopicFilter.parse(topic).isShared()) {
            // It is meant for the shared subscriptions among the topics.
            tableOptions.remove(MqttOptions.SCAN_SESSIONS.key());
        }
        return CatalogTable.newBuilder()
                .schema(schema.build())
                .comment("MQTT topic " + topic)
                .options(tableOptions)
                .build();
    }
}
