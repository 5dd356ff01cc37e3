package io.millrace.rule.plan;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What works and is probably not meant. Told when the job is planned. */
final class Warnings {
    private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);

    private final List<String> lines = new ArrayList<>();

    /**
     * Adds a warning.
     *
     * @param offset what it is about, in the rule's file
     */
    void add(Rule rule, int offset, String message) {
        String line = rule.statement().file().error(offset, message).getMessage();
        LOG.warn("{}", line);
        lines.add(line);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
