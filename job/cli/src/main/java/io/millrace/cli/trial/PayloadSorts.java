package io.millrace.cli.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.rule.plan.PayloadGuess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the payloads at hand look like. */
public record PayloadSorts(List<JsonNode> payloads) implements PayloadGuess {
    /** Of these messages. */
    public static PayloadSorts ofMessages(List<Message> messages) {
        return new PayloadSorts(
                messages.stream()
                        .map(message -> Message.readable(message.payload()))
                        .filter(node -> node != null)
                        .toList());
    }

    @Override
    public Optional<Sort> of(List<String> path) {
        List<JsonNode> values = new ArrayList<>();
        payloads.forEach(payload -> collect(payload, path, values));
        // Among numbers a text is a mistake, which the trial is to show.
        return values.stream().map(PayloadSorts::sort).min(Comparator.naturalOrder());
    }

    private static Sort sort(JsonNode value) {
        return value.isNumber() ? Sort.NUMBER : value.isBoolean() ? Sort.BOOLEAN : Sort.TEXT;
    }

    /** Elements of an array are as good as what holds them. */
    private static void collect(JsonNode node, List<String> path, List<JsonNode> values) {
        if (node.isArray()) {
            node.forEach(element -> collect(element, path, values));
        } else if (path.isEmpty()) {
            if (!node.isNull() && !node.isMissingNode()) {
                values.add(node);
            }
        } else {
            collect(node.path(path.get(0)), path.subList(1, path.size()), values);
        }
    }
}
