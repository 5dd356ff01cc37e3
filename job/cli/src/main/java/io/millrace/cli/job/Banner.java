package io.millrace.cli.job;

import io.millrace.cli.state.RetainedCheckpoint;
import io.millrace.cli.terminal.Screen;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What is said before a job starts: what it reads and writes, and where its state is. */
public final class Banner {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Screen screen;
    private final List<String> lines = new ArrayList<>();

    /** A banner in this screen's colours. */
    public Banner(Screen screen) {
        this.screen = screen;
    }

    /** The lines, joined. */
    public String of(JobRun run) {
        JobRequest request = run.request();
        add("job", request.jobName());
        add("rules", run.rules());
        add("payload", run.topics());
        add("note", run.warnings());
        request.settings().connections().forEach(this::addConnection);
        add(
                "state",
                List.of(
                        request.folder().root().toString(),
                        request.resumeFrom().map(Banner::resumed).orElse("no checkpoint yet")));
        add("Flink", run.rest().toString());
        return text();
    }

    /** The lines so far, joined. */
    public String text() {
        return String.join(System.lineSeparator(), lines);
    }

    private static String resumed(RetainedCheckpoint checkpoint) {
        return "goes on from checkpoint "
                + checkpoint.number()
                + " of "
                + TIME.format(checkpoint.written());
    }

    /** Adds where a connection leads. */
    public void addConnection(String name, Map<String, String> options) {
        add(name, SafeUrl.of(options.getOrDefault("url", "(no url)")));
    }

    /** Adds lines, of which the first begins with the name. */
    public void add(String name, List<String> texts) {
        Iterator<String> rows = texts.stream().flatMap(String::lines).iterator();
        for (String head = name; rows.hasNext(); head = "") {
            add(head, rows.next());
        }
    }

    /** Adds a line. */
    public void add(String name, String text) {
        lines.add("  " + screen.faint(String.format("%-10s", name)) + text);
    }
}
