package io.millrace.mqtt.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Serializable;

/**
 * Finds one scalar member of a JSON object and reads no further. Stateless.
 *
 * @param path names of members from the outside in, joined by points
 */
record JsonMember(String path) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    /** The member's text, or null if there is none, it is no scalar, or the payload no JSON. */
    String textIn(byte[] payload) {
        String[] names = path.split("\\.");
        try (JsonParser parser = JSON.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            int depth = 0;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(names[depth]);
                JsonToken value = parser.nextToken();
                if (!wanted) {
                    parser.skipChildren();
                } else if (depth == names.length - 1) {
                    return value.isScalarValue() && value != JsonToken.VALUE_NULL
                            ? parser.getText()
                            : null;
                } else if (value == JsonToken.START_OBJECT) {
                    depth++;
                } else {
                    return null;
                }
            }
            return null;
        } catch (IOException | RuntimeException e) {
            // Whoever decodes the payload complains.
            return null;
        }
    }
}
