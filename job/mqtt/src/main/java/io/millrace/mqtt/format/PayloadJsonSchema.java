package io.millrace.mqtt.format;

import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.util.Collector;

/**
 * Flink's interface to {@link PayloadJson}. A type that is no row comes as a row with one field,
 * since Flink wants rows; {@link #deserializeValue} is for who does not.
 */
public final class PayloadJsonSchema implements DeserializationSchema<RowData> {
    private static final long serialVersionUID = 1L;

    private final PayloadJson json;
    private final boolean isRow;
    private final TypeInformation<RowData> produced;

    PayloadJsonSchema(LogicalType type, TypeInformation<RowData> produced) {
        this.json = new PayloadJson(type);
        this.isRow = type.is(LogicalTypeRoot.ROW);
        this.produced = produced;
    }

    /** Emits each value of the payload as its type says, not wrapped. */
    public void deserializeValue(byte[] payload, Collector<Object> out) throws PayloadException {
        json.read(payload, out::collect);
    }

    @Override
    public void deserialize(byte[] payload, Collector<RowData> out) throws IOException {
        json.read(
                payload, value -> out.collect(isRow ? (RowData) value : GenericRowData.of(value)));
    }

    @Override
    public RowData deserialize(byte[] payload) throws IOException {
        throw new UnsupportedOperationException("A payload may hold several rows.");
    }

    @Override
    public boolean isEndOfStream(RowData next) {
        return false;
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return produced;
    }
}
