package io.millrace.cli.trial;

import io.millrace.cli.terminal.Screen;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.rule.plan.PlannedRule;
import io.millrace.rule.trial.Sample;
import io.millrace.rule.trial.Trial;
import io.millrace.rule.trial.TrialRequest;
import io.millrace.rule.trial.TrialResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/** Runs {@code millrace try}. */
public final class TryRun {
    private static final Logger LOG = LoggerFactory.getLogger(TryRun.class);

    private final TryRequest request;
    private final Screen screen;
    private final long began = System.nanoTime();
    private final List<String> notes = new ArrayList<>();

    private TryRun(TryRequest request, Screen screen) {
        this.request = request;
        this.screen = screen;
    }

    /** Does it, and prints what came out. */
    public static int run(TryRequest request, Screen screen) throws Exception {
        Path temporary = Files.createTempDirectory("millrace-try-");
        try (TrialCluster cluster = TrialCluster.start(temporary)) {
            return new TryRun(request, screen).run(cluster);
        } finally {
            FileUtils.deleteDirectoryQuietly(temporary.toFile());
        }
    }

    private int run(TrialCluster cluster) throws Exception {
        List<Message> messages = new ArrayList<>(request.given());
        // An expectation needs a clock that stands still.
        Optional<Instant> clock =
                request.clock()
                        .or(
                                () ->
                                        request.save()
                                                .map(
                                                        file ->
                                                                Instant.now()
                                                                        .truncatedTo(
                                                                                ChronoUnit
                                                                                        .SECONDS)));
        TrialRequest trialRequest =
                new TrialRequest(
                        request.settings(),
                        request.files(),
                        cluster::target,
                        request.offline(),
                        request.tables(),
                        clock);
        Trial trial = Trial.prepare(trialRequest, PayloadSorts.ofMessages(messages));
        LOG.info("Planned after {} ms", (System.nanoTime() - began) / 1_000_000);
        try {
            if (request.live().isPresent()) {
                messages.addAll(live(trial, request.live().get()));
                if (!trial.assumed().isEmpty()) {
                    // Now it is known what payloads look like.
                    trial.close();
                    trial = Trial.prepare(trialRequest, PayloadSorts.ofMessages(messages));
                }
            }
            if (messages.isEmpty()) {
                screen.line("No message came.");
                return ExitCode.SOFTWARE;
            }
            Set<String> topics = topics(trial);
            List<Sample> samples = request.maker().samples(messages, topics, notes);
            if (request.record().isPresent()) {
                Messages.write(request.record().get(), samples.stream().map(Message::of).toList());
            }
            TrialResult result = trial.run(samples);
            LOG.info("Tried after {} ms", (System.nanoTime() - began) / 1_000_000);
            if (request.save().isPresent()) {
                TestFile.save(request.save().get(), request, clock.orElseThrow(), result);
            }
            show(trial, result, topics);
            return ExitCode.OK;
        } finally {
            trial.close();
        }
    }

    private static Set<String> topics(Trial trial) {
        Set<String> topics = new LinkedHashSet<>();
        for (PlannedRule rule : trial.rules()) {
            topics.addAll(rule.topics());
        }
        return topics;
    }

    private List<Message> live(Trial trial, TryRequest.Live live) throws InterruptedException {
        String asked = request.maker().topic();
        Set<String> filters = asked == null ? topics(trial) : Set.of(asked);
        if (!request.json()) {
            screen.line(
                    screen.faint(
                            "Waiting for %d %s of %s, %d s at most."
                                    .formatted(
                                            live.count(),
                                            live.count() == 1 ? "message" : "messages",
                                            String.join(
                                                    ", ",
                                                    filters.stream()
                                                            .map(
                                                                    filter ->
                                                                            TopicFilter.parse(
                                                                                            filter)
                                                                                    .pattern())
                                                            .toList()),
                                            live.timeout().toSeconds())));
        }
        return LiveSamples.take(request.settings(), filters, live.count(), live.timeout());
    }

    private void show(Trial trial, TrialResult result, Set<String> topics) {
        if (request.json()) {
            screen.line(TrialJson.of(trial, result));
            return;
        }
        if (!trial.assumed().isEmpty()) {
            screen.line("TDengine is not asked. Tables that nobody declares are taken to be:");
            trial.assumed().forEach(table -> screen.line("  " + table.replace("`", "") + ";"));
        }
        notes.forEach(screen::line);
        if (!trial.assumed().isEmpty() || !notes.isEmpty()) {
            screen.line("");
        }
        screen.line(new TrialText(screen).of(result, topics));
        screen.line(screen.faint(summary(result)));
        request.save()
                .ifPresent(
                        file ->
                                screen.line(
                                        "Saved as %s; 'millrace test %<s' runs it."
                                                .formatted(file)));
        request.record().ifPresent(file -> screen.line("Messages recorded in " + file + "."));
    }

    private String summary(TrialResult result) {
        long rows =
                Given.of(result).stream()
                        .filter(given -> !given.values().containsKey("statement"))
                        .count();
        int letters = Given.letters(result).size();
        int messages = result.messages().size();
        long filtered =
                result.messages().stream()
                        .flatMap(message -> message.rules().stream())
                        .filter(rule -> rule.outcome() == TrialResult.Outcome.FILTERED)
                        .count();
        return "%s: %s, %d filtered, %s. Nothing was written."
                .formatted(
                        count(messages, "message"),
                        count(rows, "row"),
                        filtered,
                        count(letters, "dead letter"));
    }

    private static String count(long number, String of) {
        return number + " " + of + (number == 1 ? "" : "s");
    }
}
