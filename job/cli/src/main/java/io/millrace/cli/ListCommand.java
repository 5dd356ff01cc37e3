package io.millrace.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.cluster.JobHandle;
import io.millrace.cli.cluster.Jobs;
import io.millrace.cli.flink.FlinkUnreachableException;
import io.millrace.cli.terminal.RowTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Lists the jobs that run: on this machine and in a Flink cluster.", ""},
        sortOptions = false,
        optionListHeading = "@|bold Options|@:%n",
        footerHeading = "%n",
        footer = {
            "@|bold --json|@ gives {\"cluster\": {\"url\", \"reachable\"}, \"jobs\": [{\"name\","
                    + " \"id\", \"state\", \"since\", \"where\", \"rest\", \"parallelism\","
                    + " \"pid\"}]}; 'where' is",
            "\"local\" or \"cluster\", 'pid' only local.",
            "",
            "@|bold Examples|@:",
            "",
            "  millrace list",
            "  millrace list --all --flink-url http://flink:8081"
        })
final class ListCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    @Spec private CommandSpec spec;
    @Mixin private JobsOption options;

    @Option(names = "--all", description = "Also jobs that ended, as long as Flink knows them.")
    private boolean all;

    @Option(names = "--json", description = "One JSON document, see below.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Jobs jobs = options.jobs();
        List<JobHandle> found = new ArrayList<>(jobs.local());
        boolean reachable = true;
        try {
            jobs.inCluster().stream().filter(job -> all || !job.hasEnded()).forEach(found::add);
        } catch (FlinkUnreachableException e) {
            reachable = false;
            if (!jobs.cluster().isGuess()) {
                throw jobs.noCluster(e);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(jobs, found, reachable) : table(jobs, found, reachable));
        return ExitCode.OK;
    }

    private String table(Jobs jobs, List<JobHandle> found, boolean reachable) {
        String cluster =
                reachable
                        ? "Cluster: " + jobs.cluster() + "."
                        : "No Flink cluster at "
                                + jobs.cluster()
                                + "; --flink-url says where one is.";
        if (found.isEmpty()) {
            return "No job runs. " + cluster;
        }
        return RowTable.of(
                        List.of("name", "id", "state", "since", "parallelism", "where"),
                        found.stream().map(ListCommand::cells).toList(),
                        60)
                + System.lineSeparator()
                + System.lineSeparator()
                + cluster;
    }

    private static List<String> cells(JobHandle job) {
        return List.of(
                job.name(),
                job.id(),
                job.state().toLowerCase(Locale.ROOT),
                TIME.format(job.since()),
                job.parallelism() == 0 ? "" : Integer.toString(job.parallelism()),
                job.local().map(run -> "local, process " + run.pid()).orElse("cluster"));
    }

    private static String json(Jobs jobs, List<JobHandle> found, boolean reachable) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.putObject("cluster")
                .put("url", jobs.cluster().toString())
                .put("reachable", reachable);
        ArrayNode list = document.putArray("jobs");
        for (JobHandle job : found) {
            ObjectNode node = list.addObject();
            node.put("name", job.name())
                    .put("id", job.id())
                    .put("state", job.state())
                    .put("since", job.since().toString())
                    .put("where", job.local().isPresent() ? "local" : "cluster")
                    .put("rest", job.rest().toString())
                    .put("parallelism", job.parallelism());
            job.local().ifPresent(run -> node.put("pid", run.pid()));
        }
        return document.toPrettyString();
    }
}
