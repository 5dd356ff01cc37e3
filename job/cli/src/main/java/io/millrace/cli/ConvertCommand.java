package io.millrace.cli;

import io.millrace.rule.ConvertedFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace convert}. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Prints rules of EMQX as Flink SQL, and says what is not the same.", ""},
        description = {
            "",
            "The file has rules as they stand in EMQX, alone or behind INSERT INTO target. They also"
                    + " run as they are: see 'rule.dialect'. Flink SQL has windows, joins and types"
                    + " beside.",
            ""
        },
        sortOptions = false,
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace convert rule.sql > converted.sql",
            "",
            "@|bold Exit codes|@: 0 all was converted, 1 a part was not, 2 wrong usage or rule."
        })
final class ConvertCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE.sql", description = "A file with rules of EMQX.")
    private Path file;

    @Override
    public Integer call() {
        ConvertedFile converted = ConvertedFile.of(file);
        PrintWriter out = spec.commandLine().getOut();
        out.print(converted.sql());
        out.flush();
        if (converted.missing() + converted.different() > 0) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            "%d parts were not converted and %d may give something else; comments say which.%n",
                            converted.missing(), converted.different());
        }
        return converted.missing() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }
}
