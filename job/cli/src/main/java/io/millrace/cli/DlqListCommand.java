package io.millrace.cli;

import io.millrace.cli.dlq.Connections;
import io.millrace.cli.dlq.Letter;
import io.millrace.cli.dlq.LetterStore;
import io.millrace.cli.dlq.Listing;
import io.millrace.cli.terminal.RowTable;
import io.millrace.rule.Settings;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace dlq list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Shows dead letters, the newest last.", ""},
        sortOptions = false,
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace dlq list",
            "  millrace dlq list --since 2h --reason 'too long'",
            "  millrace dlq list .millrace/temp_hum/dead-letters --json",
            "  millrace dlq list table:iot.lost --settings plant.yaml"
        })
final class DlqListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private DlqOptions options;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "The newest so many (${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--all", description = "Also those that were replayed.")
    private boolean all;

    @Option(names = "--json", description = "A line of JSON for each, with all that is known.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (limit < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--limit is " + limit + "; allowed is 1 and more.");
        }
        Settings settings = options.settings();
        Listing listing = new Listing(options.filter(), limit, all);
        try (Connections connections = options.connections(settings)) {
            for (LetterStore store : options.stores(settings, connections)) {
                try (store) {
                    listing.add(store);
                }
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        List<Letter> letters = listing.letters();
        if (json) {
            letters.forEach(letter -> out.println(letter.json()));
            return ExitCode.OK;
        }
        if (!letters.isEmpty()) {
            out.println(
                    RowTable.of(
                            List.of("at", "from", "topic or table", "code", "reason"),
                            letters.stream().map(DlqListCommand::cells).toList(),
                            120));
            out.println();
        }
        out.println(listing.summary());
        return ExitCode.OK;
    }

    private static List<String> cells(Letter letter) {
        Instant at = letter.at().truncatedTo(ChronoUnit.SECONDS);
        return List.of(
                at.toString() + (letter.replayed() ? " *" : ""),
                letter.origin(),
                letter.target(),
                letter.code(),
                letter.reason());
    }
}
