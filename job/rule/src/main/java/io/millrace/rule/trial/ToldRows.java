package io.millrace.rule.trial;

import io.millrace.tdengine.sink.row.PlainValues;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/** Has each row told, and written nowhere. */
record ToldRows(Telling telling) implements Sink<RowData> {
    private static final long serialVersionUID = 1L;

    /** What is told of a row. */
    interface Telling extends Serializable {
        void tell(RowData row);
    }

    /** Rows for a table of some connector. */
    record Rows(TrialLog log, String rule, String connector, RowType type) implements Telling {
        private static final long serialVersionUID = 1L;

        @Override
        public void tell(RowData row) {
            log.write(
                    new TrialEvent.Inserted(
                            rule,
                            connector,
                            row.getRowKind().shortString(),
                            PlainValues.ofRow(row, type)));
        }
    }

    /** What a probe gives. */
    record Answers(TrialLog log, String rule, int number) implements Telling {
        private static final long serialVersionUID = 1L;

        @Override
        public void tell(RowData row) {
            if (row.getRowKind() == RowKind.DELETE || row.getRowKind() == RowKind.UPDATE_BEFORE) {
                return;
            }
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < row.getArity(); i++) {
                texts.add(row.isNullAt(i) ? null : row.getString(i).toString());
            }
            log.write(new TrialEvent.Asked(rule, number, texts));
        }
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(RowData row, Context at) {
                telling.tell(row);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
