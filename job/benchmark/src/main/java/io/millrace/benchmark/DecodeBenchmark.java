package io.millrace.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.mqtt.format.PayloadException;
import io.millrace.mqtt.format.PayloadJson;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to decode a payload of fifty members of which a rule uses one or all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
    private static final int MEMBERS = 50;

    /** How many members are used; the last ones, so that none can be left unread. */
    @Param({"1", "50"})
    public int used;

    private byte[] payload;
    private PayloadJson json;

    @Setup
    public void prepare() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < MEMBERS; i++) {
            text.append(i == 0 ? "" : ",").append('"').append(name(i)).append("\":");
            text.append(20 + i).append('.').append(i % 10);
        }
        payload = text.append('}').toString().getBytes(UTF_8);
        LogicalType[] types = new LogicalType[used];
        String[] names = new String[used];
        IntStream.range(0, used)
                .forEach(
                        i -> {
                            types[i] = new DoubleType();
                            names[i] = name(MEMBERS - used + i);
                        });
        json = new PayloadJson(RowType.of(types, names));
    }

    private static String name(int number) {
        return "sensor_" + number;
    }

    @Benchmark
    public void decode(Blackhole hole) throws PayloadException {
        json.read(payload, hole::consume);
    }
}
