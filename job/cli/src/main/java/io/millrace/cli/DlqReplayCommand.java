package io.millrace.cli;

import io.millrace.cli.dlq.Connections;
import io.millrace.cli.dlq.Letter;
import io.millrace.cli.dlq.LetterStore;
import io.millrace.cli.dlq.Replay;
import io.millrace.cli.dlq.Rewriter;
import io.millrace.rule.Settings;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace dlq replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Writes dead letters again, each once.", ""},
        description = {
            "",
            "Rows go into their tables, messages to their topics, where the running job reads them"
                    + " (and everyone else who subscribes). What was written is marked and is not"
                    + " written a second time; what fails again stays.",
            ""
        },
        sortOptions = false,
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace dlq replay --dry-run",
            "  millrace dlq replay --reason 'too long' --settings plant.yaml",
            "",
            "@|bold Exit codes|@: 0 all were written, 1 some or all were not, 2 wrong usage."
        })
final class DlqReplayCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private DlqOptions options;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The first so many, failures included (all).")
    private Long limit;

    @Option(names = "--dry-run", description = "Writes nothing, only says what it would write.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        if (limit != null && limit < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--limit is " + limit + "; allowed is 1 and more.");
        }
        Settings settings = options.settings();
        try (Connections connections = options.connections(settings)) {
            Map<String, Rewriter> rewriters = connections.rewriters();
            try {
                return replay(settings, connections, rewriters);
            } finally {
                rewriters.values().forEach(Rewriter::close);
            }
        }
    }

    private int replay(Settings settings, Connections connections, Map<String, Rewriter> rewriters)
            throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Replay replay =
                new Replay(
                        options.filter(),
                        limit == null ? Long.MAX_VALUE : limit,
                        dryRun,
                        rewriters,
                        (letter, where) -> line(dryRun ? "would write" : "wrote", letter, where),
                        (letter, why) -> line(dryRun ? "would fail" : "failed", letter, why));
        try {
            for (LetterStore store : options.stores(settings, connections)) {
                try (store) {
                    replay.run(store);
                }
            }
        } finally {
            out.println(replay.summary());
            out.flush();
        }
        return replay.hasFailures() ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private void line(String what, Letter letter, String text) {
        spec.commandLine()
                .getOut()
                .printf(
                        "%-11s  %s  %s  %s%n",
                        what,
                        letter.at(),
                        letter.target().replaceAll("\\p{Cntrl}", "?"),
                        text.replaceAll("\\p{Cntrl}", "?"));
    }
}
