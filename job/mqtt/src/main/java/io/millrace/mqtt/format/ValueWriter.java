package io.millrace.mqtt.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes a value of one type, in Flink's internal form and not null, as JSON. Stateless. */
interface ValueWriter {
    void write(Object value, JsonGenerator out) throws IOException;
}
