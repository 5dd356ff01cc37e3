package io.millrace.cli;

import io.millrace.cli.flink.Durations;
import io.millrace.cli.terminal.Screen;
import io.millrace.cli.trial.Message;
import io.millrace.cli.trial.Messages;
import io.millrace.cli.trial.SampleMaker;
import io.millrace.cli.trial.Times;
import io.millrace.cli.trial.TryRequest;
import io.millrace.cli.trial.TryRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace try}. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Shows what rules do to messages: each row, or why there is none.", ""},
        description = {
            "",
            "Nothing is written to TDengine and nothing published. TDengine is asked what its tables"
                    + " look like, unless --offline is given; a broker is asked with --sample only.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "Rules:%n",
        optionListHeading = "%n@|bold Options|@:%n",
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace try sql/temp_hum.sql --message '{\"temp\": 23, \"hum\": 90}'",
            "  millrace try sql/temp_hum.sql --sample 10 --record samples.jsonl",
            "  millrace try sql/temp_hum.sql --messages samples.jsonl --offline",
            "",
            "@|bold A file of messages|@ has a line of JSON for each; all but the payload can be left"
                    + " out. Any other line is a payload.",
            "",
            "  {\"topic\": \"devices/d7/temp\", \"payload\": {\"temp\": 23}, \"qos\": 1, \"retain\": false,",
            "   \"receivedAt\": \"2026-01-01T12:00:00Z\", \"clientid\": \"d7\", \"userProperties\": {}}",
            "",
            "@|bold --json|@ has 'rules', 'assumedTables', 'messages' (each with 'message', 'decoded',"
                    + " 'undecodable' and 'rules') and 'end', what came after the last message."
                    + " Of a rule there are 'outcome' (gives, deadLetter, undecodable, filtered, fails,"
                    + " notTried, nothingYet), 'rows', 'statements', 'published', 'deadLetters',"
                    + " 'conditions' and 'failure'.",
            "",
            "@|bold Exit codes|@: 0 tried, whatever came out, 1 a server cannot be asked, 2 wrong usage"
                    + " or rule."
        })
final class TryCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private RuleFilesOption files;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "PAYLOAD",
            description = "A message. Several times for several.")
    private List<String> payloads = new ArrayList<>();

    @Option(
            names = "--messages",
            paramLabel = "FILE",
            description = "A file of messages, one a line.")
    private Path messages;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description =
                    "The next N messages from the broker, at QoS 0 in a session of its own: no job"
                            + " misses them.")
    private Integer sample;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.class,
            description = "How long to wait for these (${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Writes the messages to a file, as --messages reads it.")
    private Path record;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description =
                    "Where messages come from that do not say; else made from the rules' filter.")
    private String topic;

    @Option(
            names = "--clientid",
            paramLabel = "ID",
            description = "Who sent them: the user property 'clientid', and the level of a +.")
    private String clientid;

    @Option(names = "--qos", paramLabel = "N", description = "Quality of service (1).")
    private Integer qos;

    @Option(names = "--retain", description = "They were stored on their topic.")
    private Boolean retain;

    @Option(
            names = "--user-property",
            paramLabel = "NAME=TEXT",
            description = "A user property of the messages.")
    private Map<String, String> userProperties = new LinkedHashMap<>();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Times.class,
            description =
                    "When the first message comes, such as 2026-01-01T12:00:00Z; the others follow"
                            + " a second after each other. Else the last comes now.")
    private Instant at;

    @Option(
            names = "--clock",
            paramLabel = "TIME",
            converter = Times.class,
            description = "Where the clock of now_timestamp() and its like stands still.")
    private Instant clock;

    @Option(
            names = "--offline",
            description = "Does not ask TDengine: its tables are those of --tables, or made up.")
    private boolean offline;

    @Option(
            names = "--tables",
            paramLabel = "FILE",
            description =
                    "Definitions of tables in TDengine's SQL, which stand before the server's.")
    private Path tables;

    @Option(names = "--json", description = "One JSON document instead of text.")
    private boolean json;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Writes messages and what came out as a test file, for 'millrace test'.")
    private Path save;

    @Mixin private TrialOptions options;

    @Override
    public Integer call() throws Exception {
        check();
        Path log = Files.createTempFile("millrace-try-", ".log");
        try {
            options.log(log);
            return TryRun.run(request(), Screen.ofProcess());
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private void check() {
        if (payloads.isEmpty() && messages == null && sample == null) {
            throw usage(
                    "There are no messages. Give --message PAYLOAD, --messages FILE or --sample N.");
        }
        if (sample != null && sample < 1) {
            throw usage("--sample is " + sample + "; allowed is 1 and more.");
        }
        if (qos != null && (qos < 0 || qos > 2)) {
            throw usage("--qos is " + qos + "; allowed are 0, 1 and 2.");
        }
    }

    private TryRequest request() throws IOException {
        List<Message> given = new ArrayList<>();
        if (messages != null) {
            given.addAll(Messages.read(messages));
        }
        payloads.forEach(payload -> given.add(Message.payload(payload)));
        return new TryRequest(
                options.settings(),
                files.files(),
                given,
                new SampleMaker(topic, clientid, qos, retain, userProperties, at),
                Optional.ofNullable(sample).map(count -> new TryRequest.Live(count, timeout)),
                offline,
                tables == null ? "" : TrialOptions.definitions(tables),
                Optional.ofNullable(tables),
                Optional.ofNullable(clock),
                json,
                Optional.ofNullable(record),
                Optional.ofNullable(save));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
