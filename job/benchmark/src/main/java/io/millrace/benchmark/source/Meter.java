package io.millrace.benchmark.source;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Takes the time and the processor time between two messages. One thread counts. */
final class Meter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** What was measured. */
    record Result(double messagesPerSecond, double cpuSecondsPerMillion) {
        String text() {
            return String.format(
                    Locale.ROOT, "RESULT %f %f", messagesPerSecond, cpuSecondsPerMillion);
        }

        static Result parse(String line) {
            String[] parts = line.split(" ");
            return new Result(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
        }
    }

    private final long warmUp;
    private final long total;
    private final CountDownLatch done = new CountDownLatch(1);
    private long count;
    private long beginNanos;
    private long beginCpu;

    // Set before the latch is opened.
    private Result result;

    Meter(long warmUp, long measured) {
        this.warmUp = warmUp;
        this.total = warmUp + measured;
    }

    /** Messages came. */
    void count(int messages) {
        long before = count;
        count += messages;
        if (before < warmUp && count >= warmUp) {
            beginNanos = System.nanoTime();
            beginCpu = SYSTEM.getProcessCpuTime();
        } else if (before < total && count >= total) {
            double seconds = (System.nanoTime() - beginNanos) / 1e9;
            double cpu = (SYSTEM.getProcessCpuTime() - beginCpu) / 1e9;
            long measured = total - warmUp;
            result = new Result(measured / seconds, cpu * 1e6 / measured);
            done.countDown();
        }
    }

    Result await() throws InterruptedException {
        done.await();
        return result;
    }
}
