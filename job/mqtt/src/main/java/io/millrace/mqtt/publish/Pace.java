package io.millrace.mqtt.publish;

import io.millrace.mqtt.client.Backoff;
import io.millrace.mqtt.client.MqttFailure;
import java.util.concurrent.TimeUnit;

/**
 * How many messages may be in flight now, whether to wait, and whether the broker still answers.
 * Times are those of {@code System.nanoTime()}. Not thread-safe.
 */
final class Pace {
    private final Backoff refusalBackoff;
    private long refusedNumber = -1;
    private long pausedUntil;
    private int window;
    private int fullWindow;
    private boolean answered;
    private int unwritten;

    /** When something last went out or came in. */
    private long lastSign;

    Pace(Backoff refusalBackoff, long now) {
        this.refusalBackoff = refusalBackoff;
        this.pausedUntil = now;
    }

    /** A connection is about to be made. */
    void begin() {
        window = 0;
        unwritten = 0;
        answered = false;
    }

    /** The connection stands; if careful, it begins with one message until there is an answer. */
    void open(int inFlight, boolean careful, long now) {
        fullWindow = inFlight;
        window = careful ? 1 : inFlight;
        lastSign = now;
    }

    int window() {
        return window;
    }

    boolean isPaused(long now) {
        return now - pausedUntil < 0;
    }

    long pausedUntil() {
        return pausedUntil;
    }

    /** Whether the broker has answered for any message of this connection. */
    boolean hasAnswer() {
        return answered;
    }

    /** Messages go out, and nothing was in flight before if {@code idle}. */
    void sent(int count, boolean idle, long now) {
        unwritten += count;
        if (idle) {
            lastSign = now;
        }
    }

    /** Messages have been written to the socket. */
    void written(int count, long now) {
        unwritten -= count;
        lastSign = now;
    }

    void answered(long now) {
        answered = true;
        window = fullWindow;
        lastSign = now;
    }

    void acknowledged(long number, long now) {
        answered(now);
        if (number == refusedNumber) {
            refusedNumber = -1;
            refusalBackoff.reset();
        }
    }

    /**
     * A message was refused for now.
     *
     * @return how long nothing is sent, in milliseconds; 0 if that was said before
     */
    long refusedForNow(long number, long now) {
        answered(now);
        refusedNumber = number;
        if (isPaused(now)) {
            return 0;
        }
        long pause = refusalBackoff.nextMillis();
        pausedUntil = now + TimeUnit.MILLISECONDS.toNanos(pause);
        return pause;
    }

    /** All is written, something is in flight, and still no answer came for that long. */
    void requireAnswer(int inFlight, long now, long answerMillis) throws MqttFailure {
        if (inFlight > 0
                && unwritten == 0
                && now - lastSign > TimeUnit.MILLISECONDS.toNanos(answerMillis)) {
            throw MqttFailure.passing(
                    "The broker does not answer PUBLISH: "
                            + inFlight
                            + " messages are without an answer.",
                    null);
        }
    }
}
