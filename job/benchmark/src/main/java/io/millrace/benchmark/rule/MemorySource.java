package io.millrace.benchmark.rule;

import io.millrace.mqtt.format.PayloadJson;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Gives the same messages again and again, decoded as the MQTT source decodes them: a new row for
 * each, the payload by the format {@code payload-json}.
 */
final class MemorySource extends UnboundedSource<RowData> implements ResultTypeQueryable<RowData> {
    private static final long serialVersionUID = 1L;

    /** How many messages were given so far, in this process; for one job at a time. */
    static final AtomicLong GIVEN = new AtomicLong();

    private static final int AT_ONCE = 100;

    private final RowType payload;
    private final List<String> metadata;
    private final TypeInformation<RowData> produced;

    /**
     * @param payload the payload's type; null if it is not wanted
     */
    MemorySource(RowType payload, List<String> metadata, TypeInformation<RowData> produced) {
        this.payload = payload;
        this.metadata = metadata;
        this.produced = produced;
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return produced;
    }

    @Override
    protected Pull<RowData> open() {
        return new Reader(payload, metadata)::read;
    }

    private static final class Reader {
        private final Messages.Message[] messages = Messages.all();
        private final PayloadJson json;
        private final String[] metadata;
        private int next;

        Reader(RowType payload, List<String> metadata) {
            this.json = payload == null ? null : new PayloadJson(payload);
            this.metadata = metadata.toArray(String[]::new);
        }

        void read(ReaderOutput<RowData> output) throws Exception {
            for (int i = 0; i < AT_ONCE; i++) {
                Messages.Message message = messages[next];
                next = next + 1 == messages.length ? 0 : next + 1;
                if (json == null) {
                    output.collect(row(message, 0));
                } else {
                    json.read(
                            message.payload(),
                            value -> {
                                GenericRowData row = row(message, 1);
                                row.setField(0, value);
                                output.collect(row);
                            });
                }
            }
            GIVEN.addAndGet(AT_ONCE);
        }

        private GenericRowData row(Messages.Message message, int columns) {
            GenericRowData row = new GenericRowData(columns + metadata.length);
            for (int i = 0; i < metadata.length; i++) {
                row.setField(columns + i, value(metadata[i], message));
            }
            return row;
        }

        private static Object value(String key, Messages.Message message) {
            return switch (key) {
                case "topic" -> StringData.fromString(message.topic());
                case "clientid" -> StringData.fromString(message.clientId());
                default -> message.payload();
            };
        }
    }
}
