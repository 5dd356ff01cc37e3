package io.millrace.tdengine.sink.row;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Reads a member of a map or of JSON text, which is decoded on the way in. What is not there, and
 * what is no JSON, is NULL.
 */
final class MemberReader implements TextReader {
    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final FieldAccess access;
    private final LogicalType type;
    private final RowData.FieldGetter getter;
    private final List<String> path;

    MemberReader(ValueSource.Member member) {
        this.access = new FieldAccess(member.base());
        this.type = member.base().type();
        this.getter = RowData.createFieldGetter(type, access.position());
        this.path = member.path();
    }

    @Override
    public byte[] read(RowData row) {
        RowData holder = access.holder(row);
        if (holder == null) {
            return null;
        }
        Object value = PlainValues.of(getter.getFieldOrNull(holder), type);
        for (String name : path) {
            value = decoded(value) instanceof Map<?, ?> map ? map.get(name) : null;
            if (value == null) {
                return null;
            }
        }
        return PlainValues.text(value).getBytes(StandardCharsets.UTF_8);
    }

    private static Object decoded(Object value) {
        if (value instanceof String text) {
            try {
                return MAPPER.readValue(text, Object.class);
            } catch (JsonProcessingException e) {
                return null;
            }
        }
        return value;
    }
}
