package io.millrace.common.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON form of a letter: one object with {@code at}, {@code origin}, {@code reason}. */
final class DeadLetterJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DeadLetterJson() {}

    static String line(DeadLetter letter) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("at", letter.at().toString());
        object.put("origin", letter.origin());
        object.put("reason", letter.reason());
        object.putAll(letter.details());
        try {
            return MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A dead letter's details are no JSON values", e);
        }
    }
}
