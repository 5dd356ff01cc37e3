package io.millrace.mqtt.format;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Reads a JSON value into Flink's internal form of one type. Stateless. */
interface ValueReader {
    /**
     * Reads the value whose first token is the parser's current one, which is not {@code null}, and
     * leaves the parser at the value's last token.
     *
     * @throws PayloadException if the value does not fit
     */
    Object read(JsonParser parser) throws IOException;
}
