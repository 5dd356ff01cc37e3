package io.millrace.tdengine.scan;

import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.table.data.RowData;

/** Reads one split after the other and asks for the next. */
@SuppressWarnings("try")
final class ScanReader
        extends SingleThreadMultiplexSourceReaderBase<
                RowChunk, RowData, ScanSplit, ScanSplitState> {

    ScanReader(ScanSettings settings, SourceReaderContext context) {
        super(
                () ->
                        new ScanSplitReader(
                                split -> {
                                    SplitReading reading =
                                            new SplitReading(settings, split, System::nanoTime);
                                    reading.start();
                                    return reading;
                                },
                                new Outage(
                                        settings.retries(),
                                        settings.connection().url(),
                                        System::nanoTime),
                                settings.connection().url(),
                                System::nanoTime),
                new ScanEmitter(context.metricGroup().getIOMetricGroup().getNumRecordsInCounter()),
                context.getConfiguration(),
                context);
    }

    @Override
    public void start() {
        if (getNumberOfCurrentlyAssignedSplits() == 0) {
            context.sendSplitRequest();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, ScanSplitState> finished) {
        if (getNumberOfCurrentlyAssignedSplits() == 0) {
            context.sendSplitRequest();
        }
    }

    @Override
    protected ScanSplitState initializedState(ScanSplit split) {
        return new ScanSplitState(split);
    }

    @Override
    protected ScanSplit toSplitType(String splitId, ScanSplitState state) {
        return state.toSplit();
    }
}
