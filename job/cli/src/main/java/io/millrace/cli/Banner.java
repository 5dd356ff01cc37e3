package io.millrace.cli;

import io.millrace.cli.state.RetainedCheckpoint;
import io.millrace.cli.terminal.Screen;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code run} says before the job starts. */
final class Banner {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Screen screen;
    private final List<String> lines = new ArrayList<>();

    Banner(Screen screen) {
        this.screen = screen;
    }

    /** The lines, joined. */
    String of(JobRun run) {
        JobPlan plan = run.plan();
        lines.add(screen.strong("Millrace " + Millrace.Version.number()));
        add("job", plan.jobName());
        plan.files().forEach(file -> add("rule", file.toString()));
        plan.settings().connections().forEach(this::addConnection);
        run.describe().forEach(ddl -> add("payload", ddl));
        add("state", plan.folder().root().toString());
        add("", plan.resumeFrom().map(Banner::resumed).orElse("starts without a checkpoint"));
        add("Flink", run.rest().toString());
        lines.add("");
        return String.join(System.lineSeparator(), lines);
    }

    private static String resumed(RetainedCheckpoint checkpoint) {
        return "goes on from checkpoint "
                + checkpoint.number()
                + " of "
                + TIME.format(checkpoint.written());
    }

    private void addConnection(String name, Map<String, String> options) {
        add(name, SafeUrl.of(options.getOrDefault("url", "(no url)")));
    }

    private void add(String name, String text) {
        List<String> rows = text.lines().toList();
        for (int i = 0; i < rows.size(); i++) {
            lines.add(
                    "  " + screen.faint(String.format("%-10s", i == 0 ? name : "")) + rows.get(i));
        }
    }
}
