package io.millrace.benchmark.source;

import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.ClientIds;
import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.MessageDecoder;
import io.millrace.mqtt.source.MqttSource;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** A job in this process: the source and a sink that counts. */
final class FlinkLoop {
    private static final String PREFIX = "flink";

    /** The sink finds its meter here: a job's objects are copied on their way to the task. */
    private static final AtomicReference<Meter> METER = new AtomicReference<>();

    private FlinkLoop() {}

    static String clientId() {
        return ClientIds.of(PREFIX, Subject.FILTER, 0);
    }

    static void run(int port, int qos, Meter meter) throws Exception {
        METER.set(meter);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(1);
        environment.getConfig().enableObjectReuse();
        environment.enableCheckpointing(Subject.ACK_MILLIS);
        MqttSource<byte[]> source =
                MqttSource.<byte[]>builder()
                        .setUrl("tcp://127.0.0.1:" + port)
                        .setTopic(Subject.FILTER)
                        .setClientIdPrefix(PREFIX)
                        .set(MqttOptions.CLIENT, ClientLibrary.NETTY)
                        .set(MqttOptions.QOS, qos)
                        .set(MqttOptions.SCAN_MAX_UNACKED_MESSAGES, Subject.CAP)
                        .setDecoder(new Payload())
                        .build();
        environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "mqtt")
                .sinkTo(new Counting());
        environment.executeAsync("source benchmark");
        meter.await();
    }

    private static final class Payload implements MessageDecoder<byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public void decode(ReceivedMessage message, Collector<byte[]> out) {
            out.collect(message.payload());
        }

        @Override
        public TypeInformation<byte[]> getProducedType() {
            return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
        }
    }

    private static final class Counting implements Sink<byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<byte[]> createWriter(WriterInitContext context) {
            Meter meter = METER.get();
            return new SinkWriter<>() {
                @Override
                public void write(byte[] element, Context context) {
                    meter.count(1);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }
}
