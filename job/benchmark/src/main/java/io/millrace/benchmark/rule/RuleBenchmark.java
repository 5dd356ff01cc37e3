package io.millrace.benchmark.rule;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.RowData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The README's rule over messages in memory: as a loop written by hand, in Flink SQL and in EMQX's
 * dialect, each in a process of its own.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Xmx2g",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED"
        })
@Warmup(iterations = 6, time = 5)
@Measurement(iterations = 6, time = 3)
public class RuleBenchmark {
    private static final int MESSAGES = 200_000;

    /** The loop and its messages. */
    @State(Scope.Benchmark)
    public static class ByHand {
        private final Messages.Message[] messages = Messages.all();
        private final HandLoop loop = new HandLoop();
    }

    /** The job in Flink SQL. */
    @State(Scope.Benchmark)
    public static class Sql {
        private RuleInFlink job;

        @Setup(Level.Trial)
        public void start() {
            job = RuleInFlink.sql();
        }

        @TearDown(Level.Trial)
        public void stop() throws Exception {
            job.stop();
        }
    }

    /** The job in EMQX's dialect. */
    @State(Scope.Benchmark)
    public static class Emqx {
        private RuleInFlink job;

        @Setup(Level.Trial)
        public void start() {
            job = RuleInFlink.emqx();
        }

        @TearDown(Level.Trial)
        public void stop() throws Exception {
            job.stop();
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void byHand(ByHand state, Blackhole hole) throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            RowData row = state.loop.row(state.messages[i % Messages.COUNT]);
            hole.consume(row);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void flinkSql(Sql state) throws Exception {
        state.job.await(MESSAGES);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void emqxDialect(Emqx state) throws Exception {
        state.job.await(MESSAGES);
    }

    /** Runs all three and prints how they compare; arguments are JMH's. */
    public static void main(String[] arguments) throws Exception {
        Collection<RunResult> results =
                new Runner(
                                new OptionsBuilder()
                                        .parent(new CommandLineOptions(arguments))
                                        .include(RuleBenchmark.class.getName())
                                        .build())
                        .run();
        Map<String, Double> nanos = new TreeMap<>();
        results.forEach(
                result ->
                        nanos.put(
                                result.getPrimaryResult().getLabel(),
                                result.getPrimaryResult().getScore()));
        Double byHand = nanos.get("byHand");
        nanos.forEach(
                (name, score) ->
                        System.out.printf(
                                "%-12s %7.1f ns a message, speed %.2f of the loop by hand%n",
                                name, score, byHand == null ? Double.NaN : byHand / score));
    }
}
