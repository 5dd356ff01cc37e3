package io.millrace.rule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the settings say of a topic, for all rules that read it.
 *
 * @param place where that stands, for messages: file and key
 * @param topic a topic or a filter
 * @param connection the name of its connection; empty for the only one of type {@code mqtt}
 * @param columns types of the payload's members, as SQL writes them, by name; empty if {@code
 *     payload} is given
 * @param payload the type of a payload that is no object
 * @param format how to read the payload; empty for what suits its type
 * @param eventTime the member, or metadata column, that says when something happened
 * @param timeUnit the unit of an event time that is a whole number; default millisecond
 * @param watermark up to when all has come, in terms of the event time
 */
public record TopicDeclaration(
        String place,
        String topic,
        Optional<String> connection,
        Map<String, String> columns,
        Optional<String> payload,
        Optional<String> format,
        Optional<String> eventTime,
        Optional<String> timeUnit,
        Optional<String> watermark) {

    public TopicDeclaration {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** An error about one of its keys; null for the declaration as a whole. */
    public RuleException error(String key, String problem, Throwable cause) {
        return new RuleException(
                "%s%s: %s".formatted(place, key == null ? "" : ", key '" + key + "'", problem),
                cause);
    }
}
