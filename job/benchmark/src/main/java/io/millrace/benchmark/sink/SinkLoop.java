package io.millrace.benchmark.sink;

import io.millrace.common.Secret;
import io.millrace.tdengine.sink.TDengineSink;
import io.millrace.tdengine.sink.TDengineSinkBuilder;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/** A job in this process that makes rows and writes them, with a checkpoint each second. */
final class SinkLoop {
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.BIGINT()),
                                    DataTypes.FIELD("temp", DataTypes.FLOAT()),
                                    DataTypes.FIELD("hum", DataTypes.FLOAT()),
                                    DataTypes.FIELD("device", DataTypes.INT()))
                            .getLogicalType();

    /** The job finds its meter here: its objects are copied on their way to the task. */
    private static final AtomicReference<Meter> METER = new AtomicReference<>();

    private SinkLoop() {}

    static void run(Shape shape, Server server, String database, Meter meter) throws Exception {
        METER.set(meter);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(1);
        environment.getConfig().enableObjectReuse();
        environment.enableCheckpointing(1_000);
        TDengineSinkBuilder sink = TDengineSink.builder();
        sink.connection()
                .url(server.url())
                .username(Server.USER)
                .password(Secret.of(Server.PASSWORD));
        sink.database(database).rowType(ROW);
        if (shape == Shape.ONE_TABLE) {
            sink.table("t").targetColumns(new int[] {0, 1, 2});
        } else {
            sink.superTable("st").subTable("d_${device}");
        }
        environment
                .fromSource(
                        new NumberSequenceSource(0, Long.MAX_VALUE - 1),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(new Rows(shape.tables()))
                .returns(InternalTypeInfo.of(ROW))
                .sinkTo(sink.build());
        environment.executeAsync("sink benchmark");
        meter.await();
    }

    /** Makes rows of numbers. */
    private static final class Rows implements MapFunction<Long, RowData> {
        private static final long serialVersionUID = 1L;

        private final int tables;
        private transient GenericRowData row;
        private transient Meter meter;

        Rows(int tables) {
            this.tables = tables;
        }

        @Override
        public RowData map(Long number) {
            if (meter == null) {
                meter = METER.get();
                row = new GenericRowData(4);
            }
            if (number % 1_000 == 999) {
                meter.count(1_000);
            }
            Values values = Values.of(number, tables);
            row.setField(0, values.time());
            row.setField(1, values.temp());
            row.setField(2, values.hum());
            row.setField(3, values.device());
            return row;
        }
    }
}
