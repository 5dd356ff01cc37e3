package io.millrace.mqtt.catalog;

import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.mqtt.sink.MqttSinkSettings;
import io.millrace.mqtt.source.Deduplication;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.table.ClientIdFrom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CommonCatalogOptions;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.factories.CatalogFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes catalogs {@code 'type' = 'mqtt'}. They take the connector's options, but for those that
 * belong to one topic, and all are checked when the catalog is made.
 */
public final class MqttCatalogFactory implements CatalogFactory {
    public static final String IDENTIFIER = "mqtt";

    public static final ConfigOption<String> DEFAULT_DATABASE =
            ConfigOptions.key(CommonCatalogOptions.DEFAULT_DATABASE_KEY)
                    .stringType()
                    .defaultValue(GenericInMemoryCatalog.DEFAULT_DB)
                    .withDescription("Name of the database whose tables are topics.");

    private static final Logger LOG = LoggerFactory.getLogger(MqttCatalogFactory.class);

    /** Matches no topic that an option may name, such as one for dead letters. */
    private static final String PLAIN_TOPIC = "millrace/no-topic/#";

    /** Of this topic and the plain one, one allows all options that can go together. */
    private static final String SHARED_TOPIC = "$share/any/" + PLAIN_TOPIC;

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(MqttOptions.URL);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(MqttOptions.connection());
        options.addAll(MqttOptions.scan());
        options.addAll(MqttOptions.sink());
        options.remove(MqttOptions.PAYLOAD_COLUMN);
        options.add(DEFAULT_DATABASE);
        return options;
    }

    @Override
    public Catalog createCatalog(Context context) {
        FactoryUtil.CatalogFactoryHelper helper =
                FactoryUtil.createCatalogFactoryHelper(this, context);
        Map<String, String> options = new HashMap<>(context.getOptions());
        options.remove(CommonCatalogOptions.CATALOG_TYPE.key());
        options.remove(DEFAULT_DATABASE.key());
        check(options);
        helper.validate();
        String password = options.get(MqttOptions.PASSWORD.key());
        if (password != null && !password.contains("${")) {
            LOG.warn(
                    "Catalog '{}' holds a password as it is, and SHOW CREATE CATALOG shows it. Write 'password' = '${env.NAME}' instead and set that variable where the job runs.",
                    context.getName());
        }
        return new MqttCatalog(
                context.getName(), helper.getOptions().get(DEFAULT_DATABASE), options);
    }

    private static void check(Map<String, String> options) {
        Problems problems = new Problems();
        Configuration configuration = Configuration.fromMap(options);
        String topic = anyTopic(options);
        configuration.set(MqttOptions.TOPIC, topic);
        // The name of the job is known when a query is planned.
        MqttSourceSettings.read(configuration, "job", problems);
        try {
            ClientIdFrom.parse(
                    configuration.get(MqttOptions.CLIENTID_FROM), TopicFilter.parse(topic));
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        problems.throwIfAny(ValidationException::new);
        checkSink(configuration);
    }

    private static String anyTopic(Map<String, String> options) {
        return Deduplication.SESSION
                        .toString()
                        .equalsIgnoreCase(options.get(MqttOptions.SCAN_DEDUPLICATION.key()))
                ? PLAIN_TOPIC
                : SHARED_TOPIC;
    }

    /** Only what concerns writing; a connection for reading alone may have Paho's client. */
    private static void checkSink(Configuration configuration) {
        Problems problems = new Problems();
        configuration.removeConfig(MqttOptions.CLIENT);
        configuration.set(MqttOptions.TOPIC, "any");
        MqttSinkSettings.read(configuration, "job", problems);
        problems.throwIfAny(ValidationException::new);
    }
}
