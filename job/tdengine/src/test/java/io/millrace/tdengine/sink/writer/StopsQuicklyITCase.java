package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.proxy.FaultProxy;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However deaf the server is, a writer ends within seconds. */
class StopsQuicklyITCase {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long T0 = 1_767_225_600_000L;
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.BIGINT()),
                                    DataTypes.FIELD("s", DataTypes.STRING()))
                            .getLogicalType();
    private static TDengineUnderTest server;

    @BeforeAll
    static void startServer() {
        server = TDengineUnderTest.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static Duration timeToClose(WriterUnderTest writer) throws IOException {
        long began = System.nanoTime();
        writer.close();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Takes rows in another thread until it has to wait, as a task does; ends when interrupted. */
    private static Thread write(WriterUnderTest writer, AtomicInteger taken) {
        StringData text = StringData.fromString("x".repeat(1_000));
        Thread task =
                new Thread(
                        () -> {
                            try {
                                while (true) {
                                    writer.write(GenericRowData.of(T0 + taken.get(), text));
                                    taken.incrementAndGet();
                                }
                            } catch (IOException | InterruptedException e) {
                                // The task is cancelled.
                            }
                        });
        task.setDaemon(true);
        task.start();
        return task;
    }

    /** The buffers of the sockets are full of rows then: not even a good-bye gets through. */
    @ParameterizedTest
    @EnumSource
    void whileTheServerHangs(FaultProxy.Direction direction) throws Exception {
        String database = server.freshDatabase("");
        server.execute("CREATE TABLE " + database + ".t (ts TIMESTAMP, s VARCHAR(1000))");
        URI address = URI.create(server.restUrl());
        try (FaultProxy proxy = FaultProxy.to(address.getHost(), address.getPort())) {
            WriterUnderTest writer =
                    new WriterUnderTest(
                            server,
                            "http://127.0.0.1:" + proxy.port(),
                            database,
                            ROW,
                            b -> b.table("t"));
            writer.write(GenericRowData.of(T0, StringData.fromString("first")));
            writer.flush();
            AtomicInteger taken = new AtomicInteger(1);
            proxy.stall(direction);
            Thread task = write(writer, taken);
            AtomicInteger before = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(300))
                    .until(() -> taken.get() > 1 && before.getAndSet(taken.get()) == taken.get());

            task.interrupt();
            task.join(LIMIT.toMillis());

            assertThat(task.isAlive()).isFalse();
            assertThat(timeToClose(writer)).isLessThan(LIMIT);
        }
    }

    @Test
    void whileConnectingToABlackHole() throws Exception {
        List<Socket> queued = new ArrayList<>();
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fillQueue(deaf, queued);
            WriterUnderTest writer =
                    new WriterUnderTest(
                            server,
                            "http://127.0.0.1:" + deaf.getLocalPort(),
                            "db",
                            ROW,
                            b -> {
                                b.connection().connectTimeout(Duration.ofSeconds(60));
                                return b.table("t");
                            });
            Thread task = write(writer, new AtomicInteger());
            await().until(() -> task.getState() != Thread.State.RUNNABLE);

            task.interrupt();
            task.join(LIMIT.toMillis());

            assertThat(task.isAlive()).isFalse();
            assertThat(timeToClose(writer)).isLessThan(LIMIT);
        } finally {
            for (Socket socket : queued) {
                socket.close();
            }
        }
    }

    /** When nobody accepts, the system lets in so many and answers no further one at all. */
    private static void fillQueue(ServerSocket deaf, List<Socket> queued) throws IOException {
        while (true) {
            Socket socket = new Socket();
            queued.add(socket);
            try {
                socket.connect(
                        new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()), 300);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
    }
}
