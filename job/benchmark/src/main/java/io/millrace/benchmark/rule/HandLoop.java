package io.millrace.benchmark.rule;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** The rule as one would write it by hand: Jackson's streaming parser and a row. */
final class HandLoop {
    private final JsonFactory json = new JsonFactory();

    /** The row of a message; null if the condition does not hold. */
    RowData row(Messages.Message message) throws IOException {
        double temp = Double.NaN;
        double hum = Double.NaN;
        try (JsonParser parser = json.createParser(message.payload())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("temp")) {
                    temp = parser.getDoubleValue();
                } else if (name.equals("hum")) {
                    hum = parser.getDoubleValue();
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (!(temp > 0)) {
            return null;
        }
        GenericRowData row = new GenericRowData(4);
        row.setField(0, TimestampData.fromEpochMillis(System.currentTimeMillis()));
        row.setField(1, (float) temp);
        row.setField(2, (float) hum);
        row.setField(3, StringData.fromString(message.clientId()));
        return row;
    }
}
