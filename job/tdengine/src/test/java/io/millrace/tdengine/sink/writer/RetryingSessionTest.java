package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryingSessionTest {
    private final FakeServer server = new FakeServer();
    private final TestMetrics metrics = new TestMetrics();
    private long nanos = 1;
    private final SinkMetrics observer = new SinkMetrics(metrics, null, 1, () -> 0);
    private final RetryingSession session =
            new RetryingSession(
                    server::open,
                    new RetryPolicy(
                            Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(10)),
                    time -> nanos += time.toNanos(),
                    () -> nanos,
                    "http://server:6041",
                    observer);

    private int write() throws Exception {
        byte[] sql = "INSERT INTO t VALUES (1)".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return session.call(s -> s.write(sql, sql.length));
    }

    private void fail(int times, SQLException error) {
        AtomicInteger left = new AtomicInteger(times);
        server.answer(
                sql -> {
                    if (left.getAndDecrement() > 0) {
                        throw error;
                    }
                    return 1;
                });
    }

    @Test
    void repeatsOnANewConnectionForAsLongAsItTakes() throws Exception {
        fail(1_000, FakeServer.error(0xb, "Unable to establish connection"));

        assertThat(write()).isEqualTo(1);

        assertThat(server.opened()).isEqualTo(1_001);
        assertThat(server.closed()).isEqualTo(1_000);
        assertThat(metrics.value("tdengine.retries")).isEqualTo(1_000);
        assertThat(metrics.value("tdengine.reconnects")).isEqualTo(1_000);
    }

    @Test
    void showsAnOutageWhileItLasts() throws Exception {
        List<String> events = new ArrayList<>();
        RetryingSession observed =
                new RetryingSession(
                        server::open,
                        new RetryPolicy(
                                Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1)),
                        time -> {},
                        "x",
                        new RetryingSession.Observer() {
                            @Override
                            public void retry() {
                                events.add("retry");
                            }

                            @Override
                            public void unanswered(long nanoTime) {
                                events.add("unanswered");
                            }

                            @Override
                            public void answered() {
                                events.add("answered");
                            }
                        });
        fail(2, FakeServer.error(0x231e, "time-out"));

        observed.call(s -> s.write(new byte[0], 0));
        observed.call(s -> s.write(new byte[0], 0));

        assertThat(events).containsExactly("unanswered", "retry", "retry", "answered");
    }

    @Test
    void countsSecondsOfAnOutage() {
        observer.unanswered(System.nanoTime() - Duration.ofSeconds(90).toNanos());
        assertThat(metrics.value("tdengine.outageSeconds")).isBetween(90L, 95L);

        observer.answered();
        assertThat(metrics.value("tdengine.outageSeconds")).isZero();
    }

    @Test
    void failsAtOnceIfTheCredentialsAreWrong() {
        server.refuseConnections(new SQLException("(0x357):auth failure:Authentication failure"));

        assertThatThrownBy(this::write)
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "TDengine at http://server:6041 refuses: 0x0357: auth"
                                + " failure:Authentication failure. Repeating is of no use; check"
                                + " user, password or token, and from where the user may connect.");
    }

    @Test
    void waitsForWhatIsMissingABoundedTime() throws Exception {
        fail(Integer.MAX_VALUE, FakeServer.error(0x388, "Database not exist"));

        assertThatThrownBy(
                        () -> {
                            while (true) {
                                try {
                                    write();
                                } catch (RequestRefusedException e) {
                                    session.pause("Database x is missing.");
                                }
                            }
                        })
                .isInstanceOf(IOException.class)
                .hasMessage("Database x is missing.");
        assertThat(Duration.ofNanos(nanos))
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    }

    @Test
    void forgetsHowLongSomethingWasMissingOnceItIsThere() throws Exception {
        for (int i = 0; i < 5; i++) {
            fail(3, FakeServer.error(0x2603, "Table does not exist"));
            boolean written = false;
            while (!written) {
                try {
                    written = write() == 1;
                } catch (RequestRefusedException e) {
                    nanos += Duration.ofSeconds(1).toNanos();
                    session.pause("Table t is missing.");
                }
            }
        }
        assertThat(Duration.ofNanos(nanos)).isGreaterThan(Duration.ofSeconds(15));
    }

    @Test
    void takesABadValueWhileConnectingForAFaultOfTheSettings() {
        server.refuseConnections(FakeServer.error(0x2303, "invalid timezone"));

        assertThatThrownBy(this::write)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("invalid timezone");
    }
}
