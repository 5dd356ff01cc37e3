package io.millrace.mqtt.table;

import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.MessageDecoder;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;

/**
 * Makes rows of a message: the wanted physical columns, then the wanted metadata columns. Each row
 * is a new object that holds nothing which changes later, so it is safe with object reuse.
 */
final class RowDecoder implements MessageDecoder<RowData> {
    private static final long serialVersionUID = 1L;

    private final PayloadPart payload;
    private final MqttMetadata[] metadata;
    private final ClientIdFrom clientIdFrom;
    private final TypeInformation<RowData> produced;

    RowDecoder(
            PayloadPart payload,
            List<MqttMetadata> metadata,
            ClientIdFrom clientIdFrom,
            TypeInformation<RowData> produced) {
        this.payload = payload;
        this.metadata = metadata.toArray(MqttMetadata[]::new);
        this.clientIdFrom = clientIdFrom;
        this.produced = produced;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        payload.open(context);
    }

    @Override
    public void decode(ReceivedMessage message, Collector<RowData> out) throws IOException {
        payload.decode(message.payload(), new Rows(message, out));
    }

    /** The rows of one message. */
    private final class Rows implements PayloadPart.Columns {
        private final ReceivedMessage message;
        private final Collector<RowData> out;
        private boolean first = true;

        Rows(ReceivedMessage message, Collector<RowData> out) {
            this.message = message;
            this.out = out;
        }

        @Override
        public void accept(RowKind kind, Object[] columns) {
            GenericRowData row = new GenericRowData(kind, columns.length + metadata.length);
            for (int i = 0; i < columns.length; i++) {
                row.setField(i, columns[i]);
            }
            for (int i = 0; i < metadata.length; i++) {
                // Whoever reads the payload as it came shall see each message once.
                boolean wanted = first || metadata[i] != MqttMetadata.RAW_PAYLOAD;
                row.setField(
                        columns.length + i,
                        wanted ? metadata[i].read(message, clientIdFrom) : null);
            }
            out.collect(row);
            first = false;
        }
    }

    @Override
    public String publisher(ReceivedMessage message) {
        return clientIdFrom.of(message);
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return produced;
    }
}
