package io.millrace.benchmark.sink;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Counts rows for a while, after a warm-up. One thread counts. */
final class Meter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** What was measured. */
    record Result(double rowsPerSecond, double cpuSecondsPerMillion) {
        String text() {
            return String.format(Locale.ROOT, "RESULT %f %f", rowsPerSecond, cpuSecondsPerMillion);
        }

        static Result parse(String line) {
            String[] parts = line.split(" ");
            return new Result(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
        }
    }

    private final long warmUpNanos;
    private final long measuredNanos;
    private final long start = System.nanoTime();
    private final CountDownLatch done = new CountDownLatch(1);
    private long count;
    private long begin;
    private long beginCount;
    private long beginCpu;

    // Set before the latch is opened.
    private Result result;

    Meter(int warmUpSeconds, int measuredSeconds) {
        this.warmUpNanos = warmUpSeconds * 1_000_000_000L;
        this.measuredNanos = measuredSeconds * 1_000_000_000L;
    }

    /** Rows were handed over; false when enough was measured. */
    boolean count(int rows) {
        count += rows;
        long now = System.nanoTime();
        if (begin == 0 && now - start > warmUpNanos) {
            begin = now;
            beginCount = count;
            beginCpu = SYSTEM.getProcessCpuTime();
        } else if (begin != 0 && result == null && now - begin > measuredNanos) {
            double millions = (count - beginCount) / 1e6;
            double cpu = (SYSTEM.getProcessCpuTime() - beginCpu) / 1e9;
            result = new Result(millions * 1e15 / (now - begin), cpu / millions);
            done.countDown();
        }
        return result == null;
    }

    Result await() throws InterruptedException {
        done.await();
        return result;
    }
}
