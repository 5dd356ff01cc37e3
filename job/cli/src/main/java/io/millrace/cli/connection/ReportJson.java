package io.millrace.cli.connection;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.common.probe.Check;
import io.millrace.common.probe.Verdict;
import java.util.List;
import java.util.Locale;

/** Shows reports as one JSON document. Stateless. */
public final class ReportJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportJson() {}

    /** The document, in lines. */
    public static String of(List<ConnectionReport> reports) {
        ObjectNode root = JSON.createObjectNode();
        root.put("usable", reports.stream().noneMatch(r -> r.verdict() == Verdict.BAD));
        ArrayNode connections = root.putArray("connections");
        for (ConnectionReport report : reports) {
            ObjectNode connection = connections.addObject();
            connection.put("name", report.name());
            connection.put("type", report.type());
            connection.put("url", report.url());
            connection.put("verdict", text(report.verdict()));
            ArrayNode checks = connection.putArray("checks");
            report.checks().forEach(check -> add(checks.addObject(), check));
        }
        return root.toPrettyString();
    }

    private static void add(ObjectNode node, Check check) {
        node.put("name", check.name());
        node.put("verdict", text(check.verdict()));
        node.put("found", check.found());
        node.put("remedy", check.remedy());
        node.put("millis", check.millis());
    }

    private static String text(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
