package io.millrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace dlq}: dead letters after the fact. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = {"Lists dead letters, or writes them again.", ""},
        description = {
            "",
            "A dead letter is a message that could not be read or a row that TDengine refuses. When"
                    + " what is wrong has been put right, such as a column that was too short, they"
                    + " can be written after all.",
            ""
        },
        commandListHeading = "Commands:%n",
        optionListHeading = "Options:%n",
        subcommands = {DlqListCommand.class, DlqReplayCommand.class, HelpCommand.class})
final class DlqCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
