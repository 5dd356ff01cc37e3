package io.millrace.mqtt.table;

import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.mqtt.sink.MqttSinkSettings;
import io.millrace.mqtt.source.MqttSourceSettings;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;

/** Makes tables {@code 'connector' = 'mqtt'}. */
public final class MqttTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {
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
        options.addAll(MqttOptions.sink());
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
        problems.require(
                settings.topic() == null || !settings.topic().contains("${"),
                "Option 'topic' is the template '"
                        + settings.topic()
                        + "', which is for writing. A table that is read needs a topic filter such as devices/+/temp.");
        ClientIdFrom clientIdFrom = clientIdFrom(options, settings.topic(), problems);
        problems.throwIfAny(ValidationException::new);
        // What it could complain of besides: options that nobody knows.
        helper.validate();
        return new MqttTableSource(
                options.getOptional(MqttOptions.SCAN_CONNECTION)
                        .orElse(context.getObjectIdentifier().getCatalogName()),
                settings,
                clientIdFrom,
                format,
                context.getPhysicalRowDataType(),
                options.get(MqttOptions.PAYLOAD_COLUMN),
                options.getOptional(MqttOptions.SCAN_PARALLELISM).orElse(null));
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        ReadableConfig options = helper.getOptions();
        Problems problems = new Problems();
        MqttSinkSettings settings =
                MqttSinkSettings.read(
                        options,
                        context.getConfiguration().getOptional(PipelineOptions.NAME).orElse(null),
                        problems);
        TargetColumns columns =
                TargetColumns.of(context.getCatalogTable().getResolvedSchema(), problems);
        TopicTemplate topic = columns.topic(settings.topic());
        columns.requireVersion(settings.publishing().connection().version());
        String payloadColumn = options.get(MqttOptions.PAYLOAD_COLUMN);
        Optional<Column> payload = columns.payload(payloadColumn, topic);
        FactoryUtil.TableFactoryHelper seen =
                payload.isEmpty()
                        ? helper
                        : FactoryUtil.createTableFactoryHelper(
                                this, new PayloadContext(context, payload.get()));
        EncodingFormat<SerializationSchema<RowData>> format =
                hasFormat(helper, "written", problems)
                        ? seen.discoverEncodingFormat(
                                SerializationFormatFactory.class, FactoryUtil.FORMAT)
                        : null;
        problems.throwIfAny(ValidationException::new);
        seen.validate();
        return new MqttTableSink(
                settings,
                topic,
                format,
                context.getPhysicalRowDataType(),
                payload.map(Column::getName).orElse(null),
                columns.metadata(),
                options.getOptional(MqttOptions.SINK_PARALLELISM).orElse(null));
    }

    private static boolean hasFormat(
            FactoryUtil.TableFactoryHelper helper, String done, Problems problems) {
        boolean has = helper.getOptions().getOptional(FactoryUtil.FORMAT).isPresent();
        problems.require(
                has,
                "Option 'format' is missing: how is the payload to be "
                        + done
                        + "? Try 'payload-json', 'json', 'raw' or 'csv'.");
        return has;
    }

    private static DecodingFormat<DeserializationSchema<RowData>> format(
            FactoryUtil.TableFactoryHelper helper, Problems problems) {
        if (!hasFormat(helper, "read", problems)) {
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
