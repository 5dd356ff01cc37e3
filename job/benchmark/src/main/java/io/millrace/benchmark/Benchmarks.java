package io.millrace.benchmark;

import io.millrace.benchmark.rule.RuleBenchmark;
import io.millrace.benchmark.sink.SinkBenchmark;
import io.millrace.benchmark.source.SourceBenchmark;
import java.util.Arrays;
import org.openjdk.jmh.Main;

/** Starts a benchmark by name. */
public final class Benchmarks {
    private Benchmarks() {}

    /** The first argument is {@code source}, {@code rule}, {@code sink} or a pattern for JMH. */
    public static void main(String[] args) throws Exception {
        String name = args.length > 0 ? args[0] : "";
        switch (name) {
            case "source" -> SourceBenchmark.main(Arrays.copyOfRange(args, 1, args.length));
            case "rule" -> RuleBenchmark.main(Arrays.copyOfRange(args, 1, args.length));
            case "sink" -> SinkBenchmark.main(Arrays.copyOfRange(args, 1, args.length));
            default -> Main.main(args);
        }
    }
}
