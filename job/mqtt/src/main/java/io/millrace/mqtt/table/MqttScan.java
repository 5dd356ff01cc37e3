package io.millrace.mqtt.table;

import io.millrace.mqtt.source.MessageDecoder;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.data.RowData;

/**
 * How a topic table is read, as it was planned. Who has messages from elsewhere than a broker can
 * make rows of them by it, with the same decoding, metadata columns and watermarks.
 */
public interface MqttScan extends DataStreamScanProvider {
    /** The topic filter. */
    String topic();

    /** Makes the rows of a message. */
    MessageDecoder<RowData> decoder();

    /** The watermarks of these rows. */
    WatermarkStrategy<RowData> watermarks();
}
