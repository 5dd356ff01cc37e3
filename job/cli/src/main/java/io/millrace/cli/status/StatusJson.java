package io.millrace.cli.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;

/** Shows a look at a job as a line of JSON. Stateless. */
public final class StatusJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StatusJson() {}

    /** The document. */
    public static String of(JobStatus status) {
        ObjectNode root = JSON.createObjectNode();
        root.put("at", status.at().toString());
        ObjectNode job = root.putObject("job");
        job.put("name", status.name());
        job.put("id", status.id());
        job.put("state", status.state());
        job.put("started", status.started().toString());
        job.put("restarts", status.restarts());
        job.put("rest", status.rest().toString());
        ObjectNode checkpoints = root.putObject("checkpoints");
        checkpoints.put("completed", status.checkpoints().completed());
        checkpoints.put("failed", status.checkpoints().failed());
        status.checkpoints()
                .failure()
                .ifPresent(
                        failure -> {
                            ObjectNode node = checkpoints.putObject("failure");
                            node.put("at", failure.at().toString());
                            node.put("cause", failure.cause());
                        });
        status.checkpoints()
                .last()
                .ifPresent(
                        last -> {
                            ObjectNode node = checkpoints.putObject("last");
                            node.put("id", last.id());
                            node.put("at", last.at().toString());
                            node.put("millis", last.millis());
                            node.put("bytes", last.bytes());
                        });
        status.failure()
                .ifPresent(
                        failure -> {
                            ObjectNode node = root.putObject("lastFailure");
                            node.put("at", failure.at().toString());
                            node.put("cause", failure.cause());
                        });
        var rules = root.putArray("rules");
        status.rules().forEach(rule -> add(rules.addObject(), rule));
        return root.toString();
    }

    private static void add(ObjectNode node, RuleStatus rule) {
        Account account = rule.account();
        node.put("name", rule.name());
        node.put("received", account.received());
        put(node, "filtered", rule.filtered());
        put(node, "passed", rule.passed());
        node.put("written", account.written());
        node.put("deadLetters", account.deadLetters());
        node.put("inFlight", account.inFlight());
        node.put("collisions", account.collisions());
        node.put("unconfirmed", account.unconfirmed());
        node.put("waiting", rule.waiting());
        node.put("unacked", rule.unacked());
        node.put("lagMillis", rule.lagMillis());
        putPercent(node, "busyPercent", rule.busyPercent());
        putPercent(node, "backPressuredPercent", rule.backPressuredPercent());
        node.put("outageSeconds", rule.outageSeconds());
        ObjectNode equation = node.putObject("equation");
        equation.put("claimed", account.isClaimed());
        if (account.isClaimed()) {
            equation.put("accounted", account.accounted());
            equation.put("difference", account.difference());
        } else {
            equation.put("reason", account.noClaim());
        }
    }

    private static void put(ObjectNode node, String name, OptionalLong value) {
        if (value.isPresent()) {
            node.put(name, value.getAsLong());
        } else {
            node.putNull(name);
        }
    }

    private static void putPercent(ObjectNode node, String name, int value) {
        if (value < 0) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }
}
