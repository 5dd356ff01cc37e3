package io.millrace.mqtt.table;

import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.mqtt.source.MqttSourceSettings;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** Makes tables {@code 'connector' = 'mqtt'}. */
public final class MqttTableFactory implements DynamicTableSourceFactory {
    public static final String IDENTIFIER = "mqtt";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(MqttOptions.URL, MqttOptions.TOPIC, FactoryUtil.FORMAT);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(MqttOptions.connection());
        options.addAll(MqttOptions.scan());
        return options;
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        ReadableConfig options = helper.getOptions();
        Problems problems = new Problems();
        DecodingFormat<DeserializationSchema<RowData>> format = format(helper, problems);
        MqttSourceSettings settings =
                MqttSourceSettings.read(
                        options,
                        context.getConfiguration().getOptional(PipelineOptions.NAME).orElse(null),
                        problems);
        ClientIdFrom clientIdFrom = clientIdFrom(options, settings.topic(), problems);
        problems.throwIfAny(ValidationException::new);
        // What it could complain of besides: options that nobody knows.
        helper.validate();
        return new MqttTableSource(
                settings,
                clientIdFrom,
                format,
                context.getPhysicalRowDataType(),
                options.get(MqttOptions.PAYLOAD_COLUMN),
                options.getOptional(MqttOptions.SCAN_PARALLELISM).orElse(null));
    }

    private static DecodingFormat<DeserializationSchema<RowData>> format(
            FactoryUtil.TableFactoryHelper helper, Problems problems) {
        if (helper.getOptions().getOptional(FactoryUtil.FORMAT).isEmpty()) {
            problems.add(
                    "Option 'format' is missing: how is the payload to be read? Try 'payload-json', 'json', 'raw' or 'csv'.");
            return null;
        }
        return helper.discoverDecodingFormat(
                DeserializationFormatFactory.class, FactoryUtil.FORMAT);
    }

    private static ClientIdFrom clientIdFrom(
            ReadableConfig options, String topic, Problems problems) {
        TopicFilter filter;
        try {
            filter = TopicFilter.parse(topic == null ? "#" : topic);
        } catch (IllegalArgumentException e) {
            // Told already.
            filter = TopicFilter.parse("#");
        }
        try {
            return ClientIdFrom.parse(options.get(MqttOptions.CLIENTID_FROM), filter);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
            return null;
        }
    }
}
