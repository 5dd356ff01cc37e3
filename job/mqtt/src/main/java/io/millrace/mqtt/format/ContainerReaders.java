package io.millrace.mqtt.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;

/** Readers of rows, arrays and maps. What they return is new each time. */
final class ContainerReaders {
    private ContainerReaders() {}

    /** A member of a row, or the elements of an array or a map. */
    record Member(String name, String type, boolean nullable, ValueReader reader) {
        /** Reads the current value, which may be null. */
        Object read(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                if (!nullable) {
                    throw Misfit.noType(parser, type);
                }
                return null;
            }
            return reader.read(parser);
        }
    }

    /** An object; members that are not declared are skipped, the last of equal names counts. */
    static ValueReader ofRow(List<Member> members, String type) {
        return new RowReader(members.toArray(Member[]::new), type);
    }

    static ValueReader ofArray(Member element, String type) {
        return parser -> {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw Misfit.noType(parser, type);
            }
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(element.read(parser));
            }
            return new GenericArrayData(elements.toArray());
        };
    }

    static ValueReader ofMap(Member value, String type) {
        return parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw Misfit.noType(parser, type);
            }
            Map<Object, Object> entries = new HashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                StringData key = StringData.fromString(parser.currentName());
                parser.nextToken();
                entries.put(key, value.read(parser));
            }
            return new GenericMapData(entries);
        };
    }

    private static final class RowReader implements ValueReader {
        private final Member[] members;
        private final HashMap<String, Integer> places = new HashMap<>();
        private final String type;
        private final boolean allNullable;

        RowReader(Member[] members, String type) {
            this.members = members;
            this.type = type;
            boolean nullable = true;
            for (int i = 0; i < members.length; i++) {
                places.put(members[i].name(), i);
                nullable &= members[i].nullable();
            }
            this.allNullable = nullable;
        }

        @Override
        public Object read(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw Misfit.noType(parser, type);
            }
            GenericRowData row = new GenericRowData(members.length);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                Integer place = places.get(parser.currentName());
                parser.nextToken();
                if (place == null) {
                    parser.skipChildren();
                } else {
                    row.setField(place, members[place].read(parser));
                }
            }
            return allNullable ? row : checked(parser, row);
        }

        private GenericRowData checked(JsonParser parser, GenericRowData row)
                throws PayloadException {
            for (int i = 0; i < members.length; i++) {
                if (!members[i].nullable() && row.isNullAt(i)) {
                    throw Misfit.missing(parser, members[i].name(), members[i].type());
                }
            }
            return row;
        }
    }
}
