package io.millrace.benchmark.sink;

import io.millrace.benchmark.ChildProcess;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Writes rows that are in memory, by turns with the sink in a Flink job and two bare loops on the
 * driver, each in a process of its own, and prints the medians and their ratios. Needs a TDengine
 * server, which the environment variable {@code MILLRACE_TEST_TDENGINE_URL} names.
 *
 * <p>Arguments: measured seconds (default 10), seconds of warm-up (default 20), rounds (default 3).
 */
public final class SinkBenchmark {
    private static final String DATABASE = "millrace_benchmark";

    private SinkBenchmark() {}

    /** Runs it, or, called by itself, one subject. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("subject")) {
            Meter meter = new Meter(Integer.parseInt(args[3]), Integer.parseInt(args[4]));
            Subject.valueOf(args[1])
                    .run(Shape.valueOf(args[2]), Server.fromEnvironment(), DATABASE, meter);
            System.out.println(meter.await().text());
            // What else runs, such as a cluster, need not end in order.
            Runtime.getRuntime().halt(0);
        }
        int measured = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        int warmUp = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        for (Shape shape : Shape.values()) {
            compare(shape, warmUp, measured, rounds);
        }
    }

    private static void compare(Shape shape, int warmUp, int measured, int rounds)
            throws Exception {
        Server server = Server.fromEnvironment();
        Map<Subject, List<Meter.Result>> results = new EnumMap<>(Subject.class);
        for (int round = 0; round < rounds; round++) {
            for (Subject subject : Subject.values()) {
                server.prepare(DATABASE);
                String line =
                        ChildProcess.result(
                                SinkBenchmark.class,
                                "subject",
                                subject.name(),
                                shape.name(),
                                String.valueOf(warmUp),
                                String.valueOf(measured));
                Meter.Result result = Meter.Result.parse(line);
                results.computeIfAbsent(subject, any -> new ArrayList<>()).add(result);
                System.out.printf(
                        Locale.ROOT,
                        "%s, round %d, %-42s %9.0f rows/s %6.2f CPU s/M%n",
                        shape.title(),
                        round + 1,
                        subject.title(),
                        result.rowsPerSecond(),
                        result.cpuSecondsPerMillion());
            }
        }
        server.drop(DATABASE);
        report(shape, results);
    }

    private static void report(Shape shape, Map<Subject, List<Meter.Result>> results) {
        double sink = median(results.get(Subject.SINK), Meter.Result::rowsPerSecond);
        for (Subject subject : Subject.values()) {
            double rows = median(results.get(subject), Meter.Result::rowsPerSecond);
            System.out.printf(
                    Locale.ROOT,
                    "%s, median,  %-42s %9.0f rows/s %6.2f CPU s/M; the sink: %.2f x the rows/s%n",
                    shape.title(),
                    subject.title(),
                    rows,
                    median(results.get(subject), Meter.Result::cpuSecondsPerMillion),
                    sink / rows);
        }
    }

    private static double median(
            List<Meter.Result> results, ToDoubleFunction<Meter.Result> figure) {
        return results.stream()
                .mapToDouble(figure)
                .sorted()
                .skip(results.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
