package io.millrace.tdengine.sink.writer;

import io.millrace.common.Secret;
import io.millrace.common.deadletter.DeadLetter;
import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.tdengine.sink.TDengineSink;
import io.millrace.tdengine.sink.TDengineSinkBuilder;
import io.millrace.tdengine.sink.TDengineSinkSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** A writer at a server, without a job around it. The test's thread is the task thread. */
final class WriterUnderTest implements AutoCloseable {
    final TestMetrics metrics = new TestMetrics();
    final List<DeadLetter> letters = new ArrayList<>();
    private final TDengineSinkWriter writer;

    WriterUnderTest(
            TDengineUnderTest server,
            String database,
            RowType rowType,
            UnaryOperator<TDengineSinkBuilder> options) {
        this(server, server.url(), database, rowType, options);
    }

    /** Writes to the server by way of another address. */
    WriterUnderTest(
            TDengineUnderTest server,
            String url,
            String database,
            RowType rowType,
            UnaryOperator<TDengineSinkBuilder> options) {
        TDengineSinkBuilder builder = TDengineSink.builder();
        builder.connection()
                .url(url)
                .username(server.username())
                .password(Secret.of(server.password()))
                .connectTimeout(Duration.ofSeconds(2))
                .requestTimeout(Duration.ofSeconds(2));
        TDengineSinkSettings settings =
                options.apply(
                                builder.database(database)
                                        .rowType(rowType)
                                        .missingTimeout(Duration.ofMillis(500))
                                        .retry(Duration.ofMillis(20), Duration.ofMillis(200)))
                        .settings();
        writer =
                new TDengineSinkWriter(
                        settings,
                        Session.with(settings.connection()),
                        new TestMailbox(),
                        new TestTimers(),
                        metrics,
                        new DeadLetterWriter() {
                            @Override
                            public void write(DeadLetter letter) {
                                letters.add(letter);
                            }

                            @Override
                            public void flush() {}

                            @Override
                            public void close() {}
                        },
                        Clock.systemUTC(),
                        time -> Thread.sleep(time.toMillis()),
                        "writer-under-test");
        writer.begin();
    }

    void write(RowData row) throws IOException, InterruptedException {
        writer.write(row, null);
    }

    void flush() throws IOException, InterruptedException {
        writer.flush(false);
    }

    long metric(String name) {
        return metrics.value(name);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
