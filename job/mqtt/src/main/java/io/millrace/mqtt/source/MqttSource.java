package io.millrace.mqtt.source;

import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.source.enumerator.MqttEnumerator;
import io.millrace.mqtt.source.enumerator.MqttEnumeratorState;
import io.millrace.mqtt.source.enumerator.MqttEnumeratorStateSerializer;
import io.millrace.mqtt.source.reader.MqttSourceReader;
import io.millrace.mqtt.source.split.MqttSplit;
import io.millrace.mqtt.source.split.MqttSplitSerializer;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Reads an MQTT topic filter, at least once: a message is acknowledged to the broker when a
 * checkpoint that contains it is complete.
 *
 * <pre>{@code
 * MqttSource<String> source = MqttSource.<String>builder()
 *     .setUrl("tcp://localhost:1883")
 *     .setTopic("devices/+/temp")
 *     .setClientIdPrefix("plant-7")
 *     .setDecoder(MessageDecoder.payload(new SimpleStringSchema()))
 *     .build();
 * env.fromSource(source, WatermarkStrategy.noWatermarks(), "devices");
 * }</pre>
 *
 * @param <T> the type of the records
 */
public final class MqttSource<T>
        implements Source<T, MqttSplit, MqttEnumeratorState>,
                SupportsSplitReassignmentOnRecovery,
                ResultTypeQueryable<T> {
    private static final long serialVersionUID = 1L;

    private final MqttSourceSettings settings;
    private final MessageDecoder<T> decoder;
    private final MqttClientFactory clients;
    private final Duration patience;
    private final Duration quiet;

    /** For the builder and the table source: settings that were checked. */
    public MqttSource(MqttSourceSettings settings, MessageDecoder<T> decoder) {
        this(settings, decoder, MqttClientFactory.of(settings.connection().library()), null);
    }

    /** With another client, and a bound of one's own for how long it may be kept from reading. */
    MqttSource(
            MqttSourceSettings settings,
            MessageDecoder<T> decoder,
            MqttClientFactory clients,
            Duration patience) {
        this(settings, decoder, clients, patience, MqttSourceReader.QUIET);
    }

    /** The same, with another time after which a session that is given up counts as empty. */
    MqttSource(
            MqttSourceSettings settings,
            MessageDecoder<T> decoder,
            MqttClientFactory clients,
            Duration patience,
            Duration quiet) {
        this.settings = settings;
        this.decoder = decoder;
        this.clients = clients;
        this.patience = patience;
        this.quiet = quiet;
    }

    /** Begins a source. */
    public static <T> MqttSourceBuilder<T> builder() {
        return new MqttSourceBuilder<>();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<T, MqttSplit> createReader(SourceReaderContext context) {
        return new MqttSourceReader<>(context, settings, decoder, clients, patience, quiet);
    }

    @Override
    public SplitEnumerator<MqttSplit, MqttEnumeratorState> createEnumerator(
            SplitEnumeratorContext<MqttSplit> context) {
        return restoreEnumerator(context, new MqttEnumeratorState(List.of()));
    }

    @Override
    public SplitEnumerator<MqttSplit, MqttEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<MqttSplit> context, MqttEnumeratorState state) {
        return new MqttEnumerator(context, settings, state);
    }

    @Override
    public SimpleVersionedSerializer<MqttSplit> getSplitSerializer() {
        return new MqttSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<MqttEnumeratorState> getEnumeratorCheckpointSerializer() {
        return new MqttEnumeratorStateSerializer();
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return decoder.getProducedType();
    }
}
