package io.millrace.common.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON form of a letter: one object with {@code at}, {@code origin}, {@code reason}. */
final class DeadLetterJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS =
            new TypeReference<>() {};

    private DeadLetterJson() {}

    static DeadLetter read(String line) {
        try {
            Map<String, Object> details = MAPPER.readValue(line, MEMBERS);
            return new DeadLetter(
                    Instant.parse(String.valueOf(details.remove("at"))),
                    String.valueOf(details.remove("origin")),
                    String.valueOf(details.remove("reason")),
                    details);
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new IllegalArgumentException("This is no dead letter: " + line, e);
        }
    }

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
