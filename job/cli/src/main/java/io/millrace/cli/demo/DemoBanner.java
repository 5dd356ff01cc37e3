package io.millrace.cli.demo;

import io.millrace.cli.job.JobRun;
import io.millrace.cli.terminal.Screen;
import java.util.ArrayList;
import java.util.List;

/** What the demo says before messages flow. */
final class DemoBanner {
    private final Screen screen;
    private final List<String> lines = new ArrayList<>();

    DemoBanner(Screen screen) {
        this.screen = screen;
    }

    String of(DemoServers servers, JobRun run, int devices, int rate, String rule) {
        lines.add("");
        add("devices", devices + " simulated ones, together " + rate + " messages a second to");
        add("", "topic devices/temp_hum; every " + Devices.BROKEN_EVERY + "th is not JSON");
        add("broker", servers.brokerUrl() + "  (Artemis, embedded)");
        add("Flink", run.rest() + "  (embedded)");
        add("TDengine", servers.tdengineUrl() + "  (development server, user root, taosdata)");
        add("state", run.request().folder().root() + "  (deleted at the end)");
        lines.add("");
        lines.add(screen.strong("The rule") + " (sql/temp_hum.sql)");
        lines.add("");
        rule.lines().filter(line -> !line.startsWith("--")).forEach(line -> lines.add("  " + line));
        lines.add("");
        lines.add(screen.strong("Try it") + " from another terminal:");
        lines.add("");
        lines.add(
                "  mosquitto_pub -V 5 -p %d -q 1 -t devices/temp_hum -m '{\"temp\": 99, \"hum\": 1}'"
                        .formatted(servers.brokerPort()));
        lines.add("  curl -u root:taosdata %s/rest/sql \\".formatted(servers.tdengineUrl()));
        lines.add("      -d 'SELECT * FROM iot_data.temp_hum WHERE temp > 90'");
        lines.add("");
        return String.join(System.lineSeparator(), lines);
    }

    private void add(String name, String text) {
        lines.add("  " + screen.faint(String.format("%-10s", name)) + text);
    }
}
