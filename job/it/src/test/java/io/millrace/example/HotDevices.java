package io.millrace.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.Secret;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.sink.MqttSink;
import io.millrace.mqtt.source.MessageDecoder;
import io.millrace.mqtt.source.MqttSource;
import io.millrace.tdengine.sink.TDengineSink;
import io.millrace.tdengine.sink.TDengineSinkBuilder;
import java.io.IOException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

/**
 * Stores what devices measure and raises an alarm for the hot ones: a job without SQL.
 *
 * <p>The super table: {@code CREATE STABLE readings (ts TIMESTAMP, temp DOUBLE) TAGS (device
 * NCHAR(64))}.
 */
public final class HotDevices {
    /** What a device said of itself. */
    public record Reading(String device, long millis, double temp) {}

    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.BIGINT()),
                                    DataTypes.FIELD("temp", DataTypes.DOUBLE()),
                                    DataTypes.FIELD("device", DataTypes.STRING()))
                            .getLogicalType();

    private HotDevices() {}

    /**
     * Starts the job.
     *
     * @param arguments the broker's URL, TDengine's URL, the password of root there, best as a
     *     reference such as <code>${env.TDENGINE_PASSWORD}</code>, and a database
     */
    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
        // A message is acknowledged when a checkpoint has it.
        flink.enableCheckpointing(200);
        plan(flink, arguments[0], arguments[1], arguments[2], arguments[3]);
        flink.execute("hot-devices");
    }

    /** Puts the job together. */
    public static void plan(
            StreamExecutionEnvironment flink,
            String broker,
            String tdengine,
            String password,
            String database) {
        MqttSource<Reading> devices =
                MqttSource.<Reading>builder()
                        .setUrl(broker)
                        .setTopic("devices/+/temp")
                        .setClientIdPrefix("hot-devices")
                        .setDecoder(new ReadingDecoder())
                        .build();
        DataStream<Reading> readings =
                flink.fromSource(devices, WatermarkStrategy.noWatermarks(), "devices");

        TDengineSinkBuilder table =
                TDengineSink.builder()
                        .database(database)
                        .superTable("readings")
                        .subTable("d_${device}")
                        .rowType(ROW);
        table.connection().url(tdengine).username("root").password(Secret.of(password));
        readings.map(HotDevices::row).returns(RowData.class).sinkTo(table.build()).name("readings");

        readings.filter(reading -> reading.temp() > 90)
                .sinkTo(
                        MqttSink.<Reading>builder()
                                .setUrl(broker)
                                .setTopic("alarms")
                                .setClientIdPrefix("hot-devices-alarms")
                                .setEncoder((hot, message) -> message.payload(hot.device()))
                                .build())
                .name("alarms");
    }

    private static RowData row(Reading reading) {
        return GenericRowData.of(
                reading.millis(), reading.temp(), StringData.fromString(reading.device()));
    }

    /** A message that this throws at becomes a dead letter; the job goes on. */
    private static final class ReadingDecoder implements MessageDecoder<Reading> {
        private static final long serialVersionUID = 1L;
        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public void decode(ReceivedMessage message, Collector<Reading> out) throws IOException {
            JsonNode payload = JSON.readTree(message.payload());
            String device = message.topic().split("/")[1];
            out.collect(
                    new Reading(
                            device,
                            payload.required("ts").longValue(),
                            payload.required("temp").doubleValue()));
        }

        @Override
        public TypeInformation<Reading> getProducedType() {
            return TypeInformation.of(Reading.class);
        }
    }
}
