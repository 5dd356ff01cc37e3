package io.millrace.mqtt.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Words the complaints about values that do not fit. Stateless. */
final class Misfit {
    private static final int MAX_VALUE = 60;

    private Misfit() {}

    /** The current value is not of a type: {@code Member 'temp' is "hot", which is no DOUBLE.} */
    static PayloadException noType(JsonParser parser, String type) throws IOException {
        return of(parser, "which is no " + type + ".");
    }

    /** Any other complaint about the current value. */
    static PayloadException of(JsonParser parser, String complaint) throws IOException {
        return new PayloadException(
                subject(parser.getParsingContext(), parser.currentToken())
                        + " is "
                        + value(parser)
                        + ", "
                        + complaint);
    }

    /** A member of the current object that must be there is not. */
    static PayloadException missing(JsonParser parser, String name, String type) {
        // The parser stands at the object's end, so the context is that of the object's place.
        String object = path(parser.getParsingContext());
        return new PayloadException(
                "Member '"
                        + (object.isEmpty() ? name : object + "." + name)
                        + "' is missing, and its type is "
                        + type
                        + ".");
    }

    private static String subject(JsonStreamContext context, JsonToken token) {
        // At the first token of an object or array the context is already the inner one.
        String path = path(token.isStructStart() ? context.getParent() : context);
        return path.isEmpty() ? "The payload" : "Member '" + path + "'";
    }

    /** The place of the current value as {@code a.b[2].c}; empty for the root. */
    private static String path(JsonStreamContext place) {
        Deque<String> steps = new ArrayDeque<>();
        for (JsonStreamContext at = place; at != null && !at.inRoot(); at = at.getParent()) {
            if (at.inArray()) {
                steps.addFirst("[" + at.getCurrentIndex() + "]");
            } else if (at.getCurrentName() != null) {
                steps.addFirst("." + at.getCurrentName());
            }
        }
        String path = String.join("", steps);
        return path.startsWith(".") ? path.substring(1) : path;
    }

    /** The current value as JSON, shortened. */
    private static String value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "\"" + shorten(parser.getText()) + "\"";
            default -> shorten(parser.getText());
        };
    }

    static String shorten(String text) {
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "…";
    }
}
