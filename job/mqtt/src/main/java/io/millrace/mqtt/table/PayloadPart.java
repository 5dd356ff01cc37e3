package io.millrace.mqtt.table;

import io.millrace.mqtt.format.PayloadJsonSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;

/**
 * The physical columns of a row, decoded from a payload. Used by one thread.
 *
 * <p>All ways decode the payload even if no column of it is wanted, since how many rows there are
 * and whether the payload is sound must not depend on the columns that a query picks.
 */
interface PayloadPart extends Serializable {
    /** Takes the columns of one row; the array is the receiver's. */
    interface Columns {
        void accept(RowKind kind, Object[] columns);
    }

    void open(DeserializationSchema.InitializationContext context) throws Exception;

    void decode(byte[] payload, Columns out) throws IOException;

    /**
     * The whole payload is one column.
     *
     * @param wanted whether the column is wanted
     */
    record JsonColumn(PayloadJsonSchema schema, boolean wanted) implements PayloadPart {
        private static final long serialVersionUID = 1L;

        @Override
        public void open(DeserializationSchema.InitializationContext context) throws Exception {
            schema.open(context);
        }

        @Override
        public void decode(byte[] payload, Columns out) throws IOException {
            schema.deserializeValue(
                    payload,
                    new Each<>(
                            value ->
                                    out.accept(
                                            RowKind.INSERT,
                                            wanted ? new Object[] {value} : new Object[0])));
        }
    }

    /** The row that the format makes is the value of one column. */
    record RowColumn(DeserializationSchema<RowData> schema, boolean wanted) implements PayloadPart {
        private static final long serialVersionUID = 1L;

        @Override
        public void open(DeserializationSchema.InitializationContext context) throws Exception {
            schema.open(context);
        }

        @Override
        public void decode(byte[] payload, Columns out) throws IOException {
            schema.deserialize(
                    payload,
                    new Each<>(
                            row ->
                                    out.accept(
                                            row.getRowKind(),
                                            wanted ? new Object[] {row} : new Object[0])));
        }
    }

    /** The format's row has the physical columns, of which some are wanted. */
    record Fields(DeserializationSchema<RowData> schema, List<RowData.FieldGetter> getters)
            implements PayloadPart {
        private static final long serialVersionUID = 1L;

        @Override
        public void open(DeserializationSchema.InitializationContext context) throws Exception {
            schema.open(context);
        }

        @Override
        public void decode(byte[] payload, Columns out) throws IOException {
            schema.deserialize(
                    payload,
                    new Each<>(
                            row -> {
                                Object[] columns = new Object[getters.size()];
                                for (int i = 0; i < columns.length; i++) {
                                    columns[i] = getters.get(i).getFieldOrNull(row);
                                }
                                out.accept(row.getRowKind(), columns);
                            }));
        }
    }

    /** A collector of a function. */
    record Each<T>(Consumer<T> target) implements Collector<T> {
        @Override
        public void collect(T value) {
            target.accept(value);
        }

        @Override
        public void close() {}
    }
}
