package io.millrace.benchmark;

import io.millrace.benchmark.source.SourceBenchmark;
import java.util.Arrays;
import org.openjdk.jmh.Main;

/** Starts a benchmark by name. */
public final class Benchmarks {
    private Benchmarks() {}

    /** The first argument is {@code source} or a pattern for JMH; the rest is passed on. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("source")) {
            SourceBenchmark.main(Arrays.copyOfRange(args, 1, args.length));
        } else {
            Main.main(args);
        }
    }
}
