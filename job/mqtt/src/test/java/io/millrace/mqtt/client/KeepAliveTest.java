package io.millrace.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
    private static final int SECONDS = 10;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private boolean reading = true;
    private int pings;
    private boolean lost;
    private final KeepAlive keepAlive =
            new KeepAlive(() -> ping(), () -> reading, seconds -> lost = true);

    private void ping() {
        pings++;
        keepAlive.asked();
    }

    @Test
    void pingsWhenNothingIsSentAndEndsASilentConnection() {
        start();
        pass(15);
        assertThat(pings).isPositive();
        assertThat(lost).isFalse();
        pass(10);

        assertThat(lost).isTrue();
    }

    @Test
    void whatComesKeepsTheConnection() {
        start();
        for (int i = 0; i < 10; i++) {
            pass(10);
            keepAlive.heard();
        }

        assertThat(lost).isFalse();
    }

    @Test
    void silenceDoesNotCountWhileNobodyListens() {
        start();
        reading = false;
        pass(100);

        assertThat(lost).isFalse();
        assertThat(pings).isGreaterThan(5);
    }

    @Test
    void aBrokerThatHasMuchToReadIsGivenTime() {
        start();
        // A million acknowledgements, read at 5,000 a second or faster.
        keepAlive.said(4_000_000);
        pass(200);
        assertThat(lost).isFalse();
        pass(30);

        assertThat(lost).isTrue();
    }

    @Test
    void whatTheBrokerHasReadGivesItNoMoreTime() {
        start();
        keepAlive.said(4_000_000);
        pass(11);
        for (int i = pings; i > 0; i--) {
            keepAlive.answered();
            keepAlive.heard();
        }
        pass(30);

        assertThat(pings).isPositive();
        assertThat(lost).isTrue();
    }

    private void start() {
        keepAlive.start(channel.eventLoop(), SECONDS);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
