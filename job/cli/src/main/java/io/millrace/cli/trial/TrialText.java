package io.millrace.cli.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.terminal.Screen;
import io.millrace.rule.plan.PlannedRule;
import io.millrace.rule.trial.Sample;
import io.millrace.rule.trial.TrialEvent;
import io.millrace.rule.trial.TrialResult;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What came out of a trial, for a person. Used by one thread. */
public final class TrialText {
    private static final int WIDTH = 100;
    private static final int LABEL = 11;
    private static final int LONGEST_PAYLOAD = 2_000;

    private final Screen screen;
    private final List<String> lines = new ArrayList<>();

    public TrialText(Screen screen) {
        this.screen = screen;
    }

    /** The whole text. */
    public String of(TrialResult result, Collection<String> topics) {
        int number = 0;
        for (TrialResult.MessageResult message : result.messages()) {
            message(++number, message, topics);
            lines.add("");
        }
        if (!result.end().rules().isEmpty()) {
            lines.add(
                    screen.strong("After the last message")
                            + "  time goes to its end, so that all windows close");
            result.end().rules().forEach(this::rule);
            lines.add("");
        }
        return String.join(System.lineSeparator(), lines);
    }

    private void message(int number, TrialResult.MessageResult message, Collection<String> topics) {
        Sample sample = message.sample();
        lines.add(
                screen.strong("Message " + number + "  " + sample.topic())
                        + screen.faint("  " + about(sample)));
        labelled("payload", indented(payload(sample.payload()), LABEL));
        if (!message.undecodable().isEmpty()) {
            message.undecodable()
                    .forEach(
                            letter ->
                                    labelled(
                                            screen.warning("dead letter"),
                                            "dead letter".length(),
                                            letter.reason()));
        }
        decoded(message.decoded());
        if (message.rules().isEmpty()) {
            labelled("rules", "none reads this topic; they read " + String.join(", ", topics));
        }
        message.rules().forEach(this::rule);
    }

    private static String about(Sample sample) {
        List<String> about = new ArrayList<>();
        about.add(sample.receivedAt().toString());
        about.add("QoS " + sample.qos());
        if (sample.retain()) {
            about.add("retained");
        }
        sample.userProperties().forEach((name, value) -> about.add(name + "=" + value));
        return String.join(", ", about);
    }

    private static String payload(byte[] payload) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
            String shown =
                    text.length() > LONGEST_PAYLOAD
                            ? text.substring(0, LONGEST_PAYLOAD)
                                    + "… ("
                                    + text.length()
                                    + " characters)"
                            : text;
            // A device must not steer the terminal.
            return shown.isEmpty() ? "(empty)" : shown.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
        } catch (CharacterCodingException e) {
            String hex =
                    HexFormat.ofDelimiter(" ").formatHex(payload, 0, Math.min(payload.length, 32));
            return "%d bytes that are no text: %s%s"
                    .formatted(payload.length, hex, payload.length > 32 ? " …" : "");
        }
    }

    private void decoded(List<TrialEvent.Decoded> rows) {
        for (TrialEvent.Decoded row : rows) {
            labelled(
                    "decoded",
                    row.members().isEmpty()
                            ? "no rule uses a member"
                            : wrapped(
                                    row.members().stream().map(TrialText::member).toList(), LABEL));
        }
    }

    private static String member(TrialEvent.Member member) {
        return "%s %s %s".formatted(member.name(), member.type(), value(member.value()));
    }

    private void rule(TrialResult.RuleResult result) {
        PlannedRule rule = result.rule();
        String head = screen.strong(rule.name()) + " → " + rule.target();
        switch (result.outcome()) {
            case GIVES, DEAD_LETTER -> {
                lines.add("  " + head);
                result.given().forEach(this::given);
            }
            case UNDECODABLE -> lines.add("  " + head + ": nothing, the message is a dead letter");
            case FILTERED -> {
                lines.add("  " + head + ": " + screen.warning("filtered"));
                result.conditions().stream().distinct().forEach(c -> condition(rule, c));
            }
            case FAILS -> {
                lines.add("  " + head + ": " + screen.warning("fails"));
                inner(result.failure().reason());
                if (result.failure().place() != null) {
                    inner("in " + result.failure().place());
                }
                inner("In a running job this message ends the job, again after each restart.");
            }
            case NOT_TRIED -> lines.add("  " + head + ": not tried, it failed too often");
            case NOTHING_YET -> {
                lines.add("  " + head + ": no row now");
                if (result.conditions().isEmpty()) {
                    inner(
                            "The rule keeps it for a window or a join, or has nothing to join it to.");
                }
            }
            default -> throw new IllegalStateException(result.outcome().toString());
        }
    }

    private void given(TrialEvent event) {
        if (event instanceof TrialEvent.Wrote wrote) {
            for (TrialEvent.Row row : wrote.rows()) {
                inner(screen.faint(table(row)));
                inner("  " + wrapped(columns(row.values()), 6));
            }
            wrote.statement().lines().forEach(this::inner);
        } else if (event instanceof TrialEvent.Executed executed) {
            inner(executed.statement());
        } else if (event instanceof TrialEvent.Published published) {
            inner(
                    screen.faint("publishes")
                            + "  "
                            + published.topic()
                            + (published.retain() ? "  retained" : ""));
            inner(indented(payload(published.payloadBase64()), 4));
        } else if (event instanceof TrialEvent.Inserted inserted) {
            inner(screen.faint(inserted.kind()) + "  " + wrapped(columns(inserted.values()), 8));
        } else if (event instanceof TrialEvent.Kept kept) {
            inner(screen.warning("dead letter") + "  " + kept.reason());
        }
    }

    private static String table(TrialEvent.Row row) {
        return row.superTable() == null
                ? row.database() + "." + row.table()
                : row.database() + "." + row.table() + " of " + row.superTable();
    }

    private static List<String> columns(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + value(entry.getValue()))
                .toList();
    }

    private void condition(PlannedRule rule, TrialResult.Condition condition) {
        if (condition.holds()) {
            return;
        }
        int width = condition.parts().keySet().stream().mapToInt(String::length).max().orElse(0);
        int most = Math.min(width, WIDTH - 30);
        String clause = condition.clause();
        for (Map.Entry<String, String> part : condition.parts().entrySet()) {
            String text = part.getKey();
            String value = part.getValue().equals("-") ? "not looked at" : part.getValue();
            inner(
                    "%-6s %s%s  %s"
                            .formatted(
                                    clause,
                                    text,
                                    " ".repeat(Math.max(0, most - text.length())),
                                    value.equals("FALSE") || value.equals("NULL")
                                            ? screen.warning(value)
                                            : value));
            clause = "AND";
        }
        String values =
                condition.values().entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + told(entry.getValue()))
                        .collect(Collectors.joining(", "));
        inner(
                screen.faint(
                        (values.isEmpty() ? "" : values + "  ")
                                + "(%s:%d)".formatted(rule.file(), condition.line())));
    }

    private static String told(String value) {
        return value == null ? "NULL" : value;
    }

    /** A value as SQL shows it: texts in quotes. */
    static String value(Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof String text) {
            return "'" + text.replace("'", "''") + "'";
        }
        if (value instanceof JsonNode || value instanceof Map || value instanceof List) {
            return Json.text(value);
        }
        return value instanceof java.math.BigDecimal number
                ? number.toPlainString()
                : value.toString();
    }

    private void labelled(String label, String text) {
        labelled(screen.faint(label), label.length(), text);
    }

    private void labelled(String label, int length, String text) {
        String pad = " ".repeat(Math.max(2, LABEL - 2 - length));
        lines.add("  " + label + pad + text);
    }

    private static String indented(String text, int indent) {
        return text.replace("\n", "\n" + " ".repeat(indent));
    }

    private void inner(String text) {
        lines.add("    " + text);
    }

    /**
     * Items side by side, on several lines if need be.
     *
     * @param indent where the lines begin
     */
    private static String wrapped(List<String> items, int indent) {
        StringBuilder text = new StringBuilder();
        int column = indent;
        for (String item : items) {
            if (column > indent && column + 2 + item.length() > WIDTH) {
                text.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (column > indent) {
                text.append("  ");
                column += 2;
            }
            text.append(item);
            column += item.length();
        }
        return text.toString();
    }
}
