package io.millrace.cli;

import io.millrace.cli.dlq.Connections;
import io.millrace.cli.dlq.LetterFilter;
import io.millrace.cli.dlq.LetterStore;
import io.millrace.cli.dlq.Stores;
import io.millrace.cli.dlq.Times;
import io.millrace.rule.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead letters, and where they are. */
final class DlqOptions {
    /** Which part gave a letter up. */
    enum Origin {
        MQTT,
        RULE,
        TDENGINE
    }

    @Parameters(
            arity = "0..*",
            paramLabel = "SOURCE",
            description =
                    "Folders, files or table:NAME. Without any: those of the jobs below --state and"
                            + " those that the settings name.")
    private List<String> sources = new ArrayList<>();

    @Mixin private ConnectionOptions connections;
    @Mixin private SettingsOption settings;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = ".millrace",
            description = "Where jobs keep their dead letters (${DEFAULT-VALUE}).")
    private Path state;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Only the dead letters of this job, of those below --state.")
    private String name;

    @Option(
            names = "--connection",
            paramLabel = "NAME",
            description = "Which to use where the settings have several of a type.")
    private Set<String> chosen = new LinkedHashSet<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Times.class,
            description = "Letters of the last 2h, or since 2026-11-22 or '2026-11-22 10:00'.")
    private Instant since = Instant.EPOCH;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Letters with this text in their reason.")
    private String reason;

    @Option(
            names = "--origin",
            paramLabel = "NAME",
            description = "Letters of one part: mqtt, rule or tdengine.")
    private Origin origin;

    @Mixin private LogOption log;

    LetterFilter filter() {
        return new LetterFilter(
                since, reason, origin == null ? null : origin.name().toLowerCase(Locale.ROOT));
    }

    Settings settings() throws IOException {
        log.start("dlq");
        Settings all = connections.over(settings.read());
        return name == null ? all : all.withJobName(name);
    }

    Connections connections(Settings all) {
        return new Connections(all, chosen);
    }

    List<LetterStore> stores(Settings all, Connections open) throws IOException {
        return sources.isEmpty() ? Stores.of(all, state, open) : Stores.named(sources, open);
    }
}
