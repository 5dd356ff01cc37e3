package io.millrace.mqtt.table;

import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.DataType;

/**
 * A table as its format shall see it: the payload column alone. Some formats, 'raw' for one, look
 * at the whole table when they are made.
 */
record PayloadContext(DynamicTableFactory.Context table, Column payload)
        implements DynamicTableFactory.Context {
    @Override
    public ResolvedCatalogTable getCatalogTable() {
        return new ResolvedCatalogTable(
                table.getCatalogTable().getOrigin(), ResolvedSchema.of(List.of(payload)));
    }

    @Override
    public DataType getPhysicalRowDataType() {
        return getCatalogTable().getResolvedSchema().toPhysicalRowDataType();
    }

    @Override
    public ObjectIdentifier getObjectIdentifier() {
        return table.getObjectIdentifier();
    }

    @Override
    public Map<String, String> getEnrichmentOptions() {
        return table.getEnrichmentOptions();
    }

    @Override
    public ReadableConfig getConfiguration() {
        return table.getConfiguration();
    }

    @Override
    public ClassLoader getClassLoader() {
        return table.getClassLoader();
    }

    @Override
    public boolean isTemporary() {
        return table.isTemporary();
    }
}
