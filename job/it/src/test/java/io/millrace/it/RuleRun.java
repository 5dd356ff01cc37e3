package io.millrace.it;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;

/** Rules that run in this process until the test ends. */
final class RuleRun implements AutoCloseable {
    private final JobClient job;
    private final Path deadLetters;

    private RuleRun(JobClient job, Path deadLetters) {
        this.job = job;
        this.deadLetters = deadLetters;
    }

    /** Starts rules given as text. */
    static RuleRun start(Path folder, String broker, TDengineUnderTest tdengine, String rules)
            throws IOException {
        return start(
                folder,
                settings(folder, broker, tdengine),
                Files.writeString(folder.resolve("rule.sql"), rules));
    }

    /** Starts the rules of a file. */
    static RuleRun start(Path folder, Settings settings, Path file) {
        Configuration target = new Configuration();
        target.set(DeploymentOptions.TARGET, "local");
        target.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        target.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        target.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        target.setString("rest.port", "0");
        target.setString("rest.bind-port", "0");
        return new RuleRun(
                RuleJob.prepare(settings, List.of(file), target).submit(),
                folder.resolve("dead-letters"));
    }

    /** Connections to the servers under test, with dead letters in a folder. */
    static Settings settings(Path folder, String broker, TDengineUnderTest tdengine) {
        String deadLetters = "file:" + folder.resolve("dead-letters");
        Map<String, String> mqtt = new HashMap<>();
        mqtt.put("type", "mqtt");
        mqtt.put("url", broker);
        mqtt.put("scan.dead-letter", deadLetters);
        Map<String, String> database = new HashMap<>();
        database.put("type", "tdengine");
        database.put("url", tdengine.url());
        database.put("username", tdengine.username());
        database.put("password", tdengine.password());
        database.put("sink.dead-letter", deadLetters);
        return Settings.empty()
                .withJobName("it-" + Long.toHexString(System.nanoTime()))
                .withConnection("mqtt", mqtt)
                .withConnection("tdengine", database);
    }

    /** The dead letters so far, one JSON object each. */
    List<String> deadLetters() {
        if (!Files.exists(deadLetters)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(deadLetters)) {
            return files.flatMap(RuleRun::lines).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the job is running and has not failed. */
    String status() throws Exception {
        return job.getJobStatus().get(10, TimeUnit.SECONDS).name();
    }

    @Override
    public void close() {
        job.cancel().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
