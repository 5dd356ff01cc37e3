package io.millrace.mqtt.catalog;

import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;

/** Stub. */
public class MqttCatalog extends GenericInMemoryCatalog {
    public static final String DEFAULT_DATABASE = "default";

    public MqttCatalog(String name) {
        super(name, DEFAULT_DATABASE);
    }

    public boolean isTopic(ObjectPath path) {
        return true;
    }
}
