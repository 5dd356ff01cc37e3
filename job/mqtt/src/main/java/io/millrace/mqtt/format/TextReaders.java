package io.millrace.mqtt.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Base64;
import org.apache.flink.table.data.StringData;

/** Readers of text, booleans and bytes. */
final class TextReaders {
    private static final JsonFactory JSON = new JsonFactory();

    private TextReaders() {}

    /** Text as it is, numbers and booleans as they are written, objects and arrays as JSON text. */
    static ValueReader ofString() {
        return parser ->
                StringData.fromString(
                        parser.currentToken().isStructStart() ? compact(parser) : parser.getText());
    }

    static ValueReader ofBoolean() {
        return parser -> {
            if (!parser.currentToken().isBoolean()) {
                throw Misfit.noType(parser, "BOOLEAN");
            }
            return parser.currentToken() == JsonToken.VALUE_TRUE;
        };
    }

    /** Bytes from Base64. */
    static ValueReader ofBytes() {
        return parser -> {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw Misfit.noType(parser, "BYTES (Base64)");
            }
            try {
                return Base64.getDecoder().decode(parser.getText());
            } catch (IllegalArgumentException e) {
                throw Misfit.noType(parser, "BYTES (Base64)");
            }
        };
    }

    /** The current object or array without blanks; numbers keep the form they have. */
    private static String compact(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            int depth = 0;
            do {
                JsonToken token = parser.currentToken();
                switch (token) {
                    case START_OBJECT -> out.writeStartObject();
                    case END_OBJECT -> out.writeEndObject();
                    case START_ARRAY -> out.writeStartArray();
                    case END_ARRAY -> out.writeEndArray();
                    case FIELD_NAME -> out.writeFieldName(parser.currentName());
                    case VALUE_STRING -> out.writeString(parser.getText());
                    case VALUE_TRUE, VALUE_FALSE -> out.writeBoolean(token == JsonToken.VALUE_TRUE);
                    case VALUE_NULL -> out.writeNull();
                    default -> out.writeNumber(parser.getText());
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            } while (depth > 0 && parser.nextToken() != null);
        }
        return text.toString();
    }
}
