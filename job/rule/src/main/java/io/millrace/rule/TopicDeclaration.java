package io.millrace.rule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the settings say of a topic, for all rules that read it.
 *
 * @param places where its keys stand
 * @param key its own key in the settings
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
        Places places,
        String key,
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

    /** Where it stands, for messages: file and key. */
    public String place() {
        return places.file()
                .map(file -> "%s: Key '%s'".formatted(file.path(), key))
                .orElse("key '" + key + "'");
    }

    /** An error about one of its keys; null for the declaration as a whole. */
    public RuleException error(String member, String problem, Throwable cause) {
        String whole = member == null ? key : key + "." + member;
        return places.error(whole, "Key '%s': %s".formatted(whole, problem), cause);
    }
}
