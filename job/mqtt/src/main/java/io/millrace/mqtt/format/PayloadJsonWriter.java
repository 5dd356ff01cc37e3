package io.millrace.mqtt.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Writes a value of a declared type as JSON. A type that is no row comes as a row with one field,
 * since Flink has rows only. Used by one thread.
 */
public final class PayloadJsonWriter implements SerializationSchema<RowData> {
    private static final long serialVersionUID = 1L;
    private static final JsonFactory JSON = new JsonFactory();

    private final LogicalType type;
    private final boolean isRow;

    private transient ValueWriter writer;
    private transient RowData.FieldGetter onlyField;
    private transient ByteArrayOutputStream bytes;

    /**
     * @throws IllegalArgumentException if JSON has no form for a part of the type; says for which
     */
    PayloadJsonWriter(LogicalType type) {
        this.type = type;
        this.isRow = type.is(LogicalTypeRoot.ROW);
        ValueWriters.of(type, "");
    }

    @Override
    public void open(InitializationContext context) {
        writer = ValueWriters.of(type, "");
        onlyField = isRow ? null : RowData.createFieldGetter(type, 0);
        bytes = new ByteArrayOutputStream(256);
    }

    @Override
    public byte[] serialize(RowData row) {
        bytes.reset();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            ValueWriters.write(writer, isRow ? row : onlyField.getFieldOrNull(row), out);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
