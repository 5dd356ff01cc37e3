package io.millrace.cli.terminal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the first asks the command to end, the second ends the process at once.
 * Thread-safe.
 */
public final class StopSignal {
    /** What shells say of a process that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    private final CountDownLatch asked = new CountDownLatch(1);

    /** A signal that comes from {@link #raise()} only. */
    public StopSignal() {}

    /**
     * The signals of this process. A shutdown hook would not do: Flink has hooks of its own, which
     * would take the cluster apart while the job writes its last checkpoint, and the process could
     * not end with 0.
     */
    public static StopSignal ofProcess() {
        StopSignal signal = new StopSignal();
        signal.handle("INT");
        signal.handle("TERM");
        return signal;
    }

    /** Asks to end. The second call ends the process. */
    public void raise() {
        if (asked.getCount() == 0) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        asked.countDown();
    }

    /** Waits until asked to end, at most this long. Returns whether it was asked. */
    public boolean await(Duration atMost) throws InterruptedException {
        return asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether it was asked to end. */
    public boolean isRaised() {
        return asked.getCount() == 0;
    }

    /** By reflection since the compiler warns of sun.misc, which the JDK supports all the same. */
    private void handle(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object raising =
                    Proxy.newProxyInstance(
                            StopSignal.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("handle")) {
                                    raise();
                                }
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), raising);
        } catch (InvocationTargetException e) {
            // The JVM was told to leave signals alone (-Xrs): the process ends as it would.
            if (!(e.getCause() instanceof IllegalArgumentException)) {
                throw new IllegalStateException(e.getCause());
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
