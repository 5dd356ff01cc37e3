package io.millrace.mqtt.table;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/**
 * The payload of a row. Used by one thread. Without a value, or if the format makes nothing of it,
 * the payload is empty, which with 'retain' removes what the broker keeps on the topic.
 */
interface PayloadBytes extends Serializable {
    byte[] EMPTY = {};

    byte[] of(RowData row);

    void open(SerializationSchema.InitializationContext context) throws Exception;

    /** The format encodes a row of these columns. */
    record Columns(SerializationSchema<RowData> schema, List<RowData.FieldGetter> getters)
            implements PayloadBytes {
        private static final long serialVersionUID = 1L;

        @Override
        public void open(SerializationSchema.InitializationContext context) throws Exception {
            schema.open(context);
        }

        @Override
        public byte[] of(RowData row) {
            GenericRowData columns = new GenericRowData(row.getRowKind(), getters.size());
            for (int i = 0; i < getters.size(); i++) {
                columns.setField(i, getters.get(i).getFieldOrNull(row));
            }
            byte[] bytes = schema.serialize(columns);
            return bytes == null ? EMPTY : bytes;
        }
    }

    /** The format encodes the row in one column. */
    record RowColumn(SerializationSchema<RowData> schema, RowData.FieldGetter getter)
            implements PayloadBytes {
        private static final long serialVersionUID = 1L;

        @Override
        public void open(SerializationSchema.InitializationContext context) throws Exception {
            schema.open(context);
        }

        @Override
        public byte[] of(RowData row) {
            RowData value = (RowData) getter.getFieldOrNull(row);
            byte[] bytes = value == null ? null : schema.serialize(value);
            return bytes == null ? EMPTY : bytes;
        }
    }
}
