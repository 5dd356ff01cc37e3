package io.millrace.cli.dlq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A dead letter where it is kept.
 *
 * @param members as its JSON line has them
 * @param replayed whether it was written again
 * @param store where it is
 * @param place what the store knows it by
 */
public record Letter(
        Instant at,
        Map<String, Object> members,
        boolean replayed,
        LetterStore store,
        Object place) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    String text(String member) {
        Object value = members.get(member);
        return value == null ? "" : value.toString();
    }

    /** {@code mqtt}, {@code rule} or {@code tdengine}. */
    public String origin() {
        return text("origin");
    }

    /** Why it is one. */
    public String reason() {
        return text("reason");
    }

    /** The server's code, or nothing. */
    public String code() {
        return text("code");
    }

    /** The topic or table. */
    public String target() {
        if (members.containsKey("topic")) {
            return text("topic");
        }
        String table = text(members.containsKey("table") ? "table" : "super_table");
        return text("database") + (table.isEmpty() ? "" : "." + table);
    }

    /** The letter as a line of JSON, with where it is and whether it was replayed. */
    public String json() {
        Map<String, Object> all = new LinkedHashMap<>(members);
        all.put("kept_in", store.name());
        all.put("replayed", replayed);
        try {
            return MAPPER.writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read from JSON is JSON", e);
        }
    }
}
