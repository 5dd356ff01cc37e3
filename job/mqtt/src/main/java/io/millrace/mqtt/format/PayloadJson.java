package io.millrace.mqtt.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Reads JSON payloads of one declared type. Only declared members are read. A top-level array is
 * one value per element, unless the type is an array itself. Stateless, so any thread may use it.
 */
public final class PayloadJson implements Serializable {
    private static final long serialVersionUID = 1L;

    // Names come from declared types only, so interning those of devices would fill a global table.
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private final LogicalType type;

    // Not serialised: that would be lambdas whose signatures name Jackson's classes, and those are
    // others where Jackson has been moved to another package.
    private final transient ContainerReaders.Member root;
    private final transient boolean rootIsArray;

    /**
     * @param type what the payload is; a row or anything else
     * @throws IllegalArgumentException if it holds a type that no JSON value can have; the message
     *     names the place
     */
    public PayloadJson(LogicalType type) {
        this.type = type;
        root =
                new ContainerReaders.Member(
                        "", type.asSummaryString(), type.isNullable(), ValueReaders.of(type, ""));
        rootIsArray = type.is(LogicalTypeRoot.ARRAY);
    }

    private Object readResolve() {
        return new PayloadJson(type);
    }

    /**
     * Reads a payload.
     *
     * @param out takes each value in Flink's internal form, or null, when all have been read
     * @throws PayloadException if the payload is no JSON or does not fit; never anything else
     */
    public void read(byte[] payload, Consumer<Object> out) throws PayloadException {
        if (payload.length == 0) {
            throw new PayloadException("The payload is empty; JSON is wanted.");
        }
        List<Object> values = null;
        Object value = null;
        try (JsonParser parser = JSON.createParser(payload)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new PayloadException("The payload holds nothing but blanks; JSON is wanted.");
            }
            if (first == JsonToken.START_ARRAY && !rootIsArray) {
                values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(root.read(parser));
                }
            } else {
                value = root.read(parser);
            }
            requireEnd(parser, payload);
        } catch (PayloadException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw new PayloadException(noJson(e));
        } catch (IOException | RuntimeException e) {
            throw new PayloadException("The payload cannot be read: " + e.getMessage(), e);
        }
        if (values == null) {
            out.accept(value);
        } else {
            values.forEach(out);
        }
    }

    private static void requireEnd(JsonParser parser, byte[] payload) throws IOException {
        boolean ends;
        try {
            ends = parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            ends = false;
        }
        if (!ends) {
            throw new PayloadException(
                    "The payload goes on behind its JSON value, which ends at byte "
                            + endOfValue(payload)
                            + ".");
        }
    }

    /** Read once more, since each message would pay for knowing it beforehand. */
    private static long endOfValue(byte[] payload) throws IOException {
        try (JsonParser parser = JSON.createParser(payload)) {
            parser.nextToken();
            parser.skipChildren();
            parser.finishToken();
            return parser.currentLocation().getByteOffset();
        }
    }

    private static String noJson(JsonProcessingException e) {
        String where =
                e.getLocation() == null
                        ? ""
                        : " at byte " + Math.max(0, e.getLocation().getByteOffset());
        return "The payload is no valid JSON"
                + where
                + ": "
                + e.getOriginalMessage().lines().findFirst().orElse("").strip();
    }
}
