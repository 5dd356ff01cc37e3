package io.millrace.cli.trial;

import io.millrace.mqtt.client.TopicFilter;
import io.millrace.mqtt.client.TopicName;
import io.millrace.rule.RuleException;
import io.millrace.rule.trial.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills in what messages do not say. One without a time comes a second after the one before it; the
 * first comes so early that the last is now, or when it is told.
 *
 * @param topic of messages that name none; null to make one of the rules' filter
 * @param at when the first message comes; null if not told
 */
public record SampleMaker(
        String topic,
        String clientid,
        Integer qos,
        Boolean retain,
        Map<String, String> userProperties,
        Instant at) {
    private static final Duration STEP = Duration.ofSeconds(1);

    /** Level 1, 2, … that a wildcard stands for. */
    private static final String LEVEL = "d1";

    /** Nothing is told. */
    public static SampleMaker plain(Instant at) {
        return new SampleMaker(null, null, null, null, Map.of(), at);
    }

    /**
     * Samples.
     *
     * @param topics the filters that the rules read
     * @param notes takes what was made up
     * @throws RuleException if a topic is missing and cannot be made up, or is none
     */
    public List<Sample> samples(List<Message> messages, Set<String> topics, List<String> notes) {
        List<Sample> samples = new ArrayList<>();
        Instant next =
                at != null
                        ? at
                        : Instant.now()
                                .truncatedTo(ChronoUnit.MILLIS)
                                .minus(STEP.multipliedBy(messages.size() - 1L));
        for (Message message : messages) {
            Instant received = message.receivedAt() == null ? next : message.receivedAt();
            samples.add(sample(message, received, topics, notes));
            next = received.plus(STEP);
        }
        return samples;
    }

    private Sample sample(
            Message message, Instant received, Set<String> topics, List<String> notes) {
        Map<String, String> properties = new LinkedHashMap<>(userProperties);
        properties.putAll(message.userProperties());
        String publisher = first(message.clientid(), clientid);
        if (publisher != null) {
            properties.putIfAbsent("clientid", publisher);
        }
        String name = first(message.topic(), topic);
        if (name == null) {
            name = made(topics, publisher, notes);
        }
        String problem = TopicName.problem(name);
        if (problem != null) {
            throw new RuleException(
                    "A message cannot have the topic '%s': %s.".formatted(name, problem));
        }
        // A subscription is for QoS 1 at most.
        int quality = Math.min(1, first(message.qos(), first(qos, 1)));
        return new Sample(
                name,
                message.payload(),
                quality,
                first(message.retain(), first(retain, false)),
                received,
                properties,
                message.contentType(),
                message.responseTopic(),
                message.correlationData(),
                message.messageExpiry());
    }

    private static <T> T first(T said, T otherwise) {
        return said == null ? otherwise : said;
    }

    private static String made(Set<String> topics, String publisher, List<String> notes) {
        if (topics.size() != 1) {
            throw new RuleException(
                    topics.isEmpty()
                            ? "The rules read no topic, so there is nothing to try on messages."
                            : "The rules read several topics: %s. Say with --topic, or in the message, which one it comes from."
                                    .formatted(String.join(", ", topics)));
        }
        TopicFilter filter = TopicFilter.parse(topics.iterator().next());
        List<String> levels = new ArrayList<>();
        String level = publisher == null ? LEVEL : publisher;
        for (String part : filter.pattern().split("/", -1)) {
            levels.add(part.equals("+") || part.equals("#") ? level : part);
        }
        String made = String.join("/", levels);
        String note =
                "The messages name no topic; they come from '%s' (--topic says another)."
                        .formatted(made);
        if (!made.equals(filter.pattern()) && !notes.contains(note)) {
            notes.add(note);
        }
        return made;
    }
}
