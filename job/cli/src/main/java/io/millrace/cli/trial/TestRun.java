package io.millrace.cli.trial;

import io.millrace.cli.terminal.Screen;
import io.millrace.rule.trial.Sample;
import io.millrace.rule.trial.Trial;
import io.millrace.rule.trial.TrialRequest;
import io.millrace.rule.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.ExitCode;

/** Runs {@code millrace test}. */
public final class TestRun {
    private final TestRequest request;
    private final Screen screen;
    private final List<TestResult> results = new ArrayList<>();

    private TestRun(TestRequest request, Screen screen) {
        this.request = request;
        this.screen = screen;
    }

    /** Does it, and prints a line for each case. */
    public static int run(TestRequest request, Screen screen) throws Exception {
        Path temporary = Files.createTempDirectory("millrace-test-");
        try (TrialCluster cluster = TrialCluster.start(temporary)) {
            return new TestRun(request, screen).run(cluster);
        } finally {
            FileUtils.deleteDirectoryQuietly(temporary.toFile());
        }
    }

    private int run(TrialCluster cluster) throws Exception {
        List<TestFile> files = new ArrayList<>();
        for (Path test : request.tests()) {
            files.add(TestFile.read(test));
        }
        for (TestFile file : files) {
            run(file, cluster);
        }
        long failed = results.stream().filter(result -> !result.passed()).count();
        if (request.junit().isPresent()) {
            JUnitReport.write(request.junit().get(), results);
        }
        if (request.json()) {
            screen.line(Json.document(document()));
        } else {
            screen.line(
                    request.update()
                            ? "%d cases in %d files have what came out as what is expected."
                                    .formatted(results.size(), files.size())
                            : failed == 0
                                    ? "All %d cases are as expected.".formatted(results.size())
                                    : "%d of %d cases are not as expected."
                                            .formatted(failed, results.size()));
        }
        return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Cases with one clock are planned once. */
    private void run(TestFile file, TrialCluster cluster) throws IOException, InterruptedException {
        Map<Instant, Trial> trials = new LinkedHashMap<>();
        List<TrialResult> out = new ArrayList<>();
        try {
            for (TestCase testCase : file.cases()) {
                long began = System.nanoTime();
                Trial trial = trials.get(testCase.clock());
                if (trial == null) {
                    trial = prepare(file, testCase.clock(), cluster);
                    trials.put(testCase.clock(), trial);
                }
                TrialResult result = trial.run(samples(testCase, trial));
                out.add(result);
                List<String> differences =
                        request.update() ? List.of() : Comparison.differences(testCase, result);
                tell(
                        new TestResult(
                                file.path(),
                                testCase.name(),
                                (System.nanoTime() - began) / 1e9,
                                differences));
            }
        } finally {
            for (Trial trial : trials.values()) {
                trial.close();
            }
        }
        if (request.update()) {
            file.update(out);
        }
    }

    private Trial prepare(TestFile file, Instant clock, TrialCluster cluster) throws IOException {
        List<Message> all = new ArrayList<>();
        file.cases().forEach(testCase -> all.addAll(testCase.messages()));
        return Trial.prepare(
                new TrialRequest(
                        request.settings(),
                        file.rules(),
                        cluster::target,
                        file.offline(),
                        file.tables(),
                        Optional.of(clock)),
                PayloadSorts.ofMessages(all));
    }

    private static List<Sample> samples(TestCase testCase, Trial trial) {
        Set<String> topics = new LinkedHashSet<>();
        trial.rules().forEach(rule -> topics.addAll(rule.topics()));
        return SampleMaker.plain(testCase.clock())
                .samples(testCase.messages(), topics, new ArrayList<>());
    }

    private void tell(TestResult result) {
        results.add(result);
        if (request.json()) {
            return;
        }
        screen.line(
                "%s  %s: %s  %s"
                        .formatted(
                                result.passed() ? "ok    " : screen.warning("FAILED"),
                                result.file(),
                                result.name(),
                                screen.faint(
                                        String.format(Locale.ROOT, "%.1f s", result.seconds()))));
        result.differences().forEach(line -> screen.line("          " + line));
    }

    private Map<String, Object> document() {
        List<Object> cases = new ArrayList<>();
        for (TestResult result : results) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("file", result.file().toString());
            told.put("name", result.name());
            told.put("passed", result.passed());
            told.put("seconds", result.seconds());
            told.put("differences", result.differences());
            cases.add(told);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("passed", results.stream().filter(TestResult::passed).count());
        document.put("failed", results.stream().filter(result -> !result.passed()).count());
        document.put("cases", cases);
        return document;
    }
}
