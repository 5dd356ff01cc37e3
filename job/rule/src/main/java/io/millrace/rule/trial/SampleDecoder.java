package io.millrace.rule.trial;

import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.mqtt.publish.LetterTexts;
import io.millrace.mqtt.source.MessageDecoder;
import io.millrace.tdengine.sink.row.PlainValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;
import org.apache.flink.util.UserCodeClassLoader;

/** Makes the rows of one topic table of the samples, as the MQTT source makes them of messages. */
final class SampleDecoder extends RichFlatMapFunction<Integer, RowData>
        implements ResultTypeQueryable<RowData> {
    private static final long serialVersionUID = 1L;

    private final String filter;
    private final List<Sample> samples;
    private final MessageDecoder<RowData> decoder;
    private final MessageDecoder<RowData> whole;
    private final RowType type;
    private final TrialLog log;
    private transient TopicFilter matching;

    /**
     * @param decoder gives the columns that the job wants
     * @param whole gives all physical columns, to show them
     * @param type of the physical columns
     */
    SampleDecoder(
            String filter,
            List<Sample> samples,
            MessageDecoder<RowData> decoder,
            MessageDecoder<RowData> whole,
            RowType type,
            TrialLog log) {
        this.filter = filter;
        this.samples = new ArrayList<>(samples);
        this.decoder = decoder;
        this.whole = whole;
        this.type = type;
        this.log = log;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        matching = TopicFilter.parse(filter);
        decoder.open(new Surroundings(getRuntimeContext()));
        whole.open(new Surroundings(getRuntimeContext()));
    }

    @Override
    public void flatMap(Integer number, Collector<RowData> out) {
        Sample sample = samples.get(number);
        if (!matching.matches(sample.topic())) {
            return;
        }
        ReceivedMessage message = sample.received(number);
        List<RowData> rows = new ArrayList<>();
        try {
            decoder.decode(message, new Into(rows));
            if (!isRaw()) {
                List<RowData> shown = new ArrayList<>();
                whole.decode(message, new Into(shown));
                shown.forEach(this::show);
            }
        } catch (Exception e) {
            // Whatever a format throws: the message is a dead letter, as in the source.
            log.write(new TrialEvent.Undecodable(filter, LetterTexts.reason(e)));
            return;
        }
        rows.forEach(out::collect);
    }

    /** Rules of the EMQX dialect take the payload as it is. */
    private boolean isRaw() {
        return type.getChildren().stream().allMatch(column -> column.is(LogicalTypeRoot.VARBINARY));
    }

    private void show(RowData row) {
        List<TrialEvent.Member> members = new ArrayList<>();
        add("", PlainValues.ofRow(row, type), type, members);
        log.write(new TrialEvent.Decoded(filter, members));
    }

    private static void add(
            String prefix, Map<?, ?> values, RowType type, List<TrialEvent.Member> members) {
        for (RowType.RowField field : type.getFields()) {
            Object value = values.get(field.getName());
            String name = prefix + field.getName();
            if (field.getType() instanceof RowType inner && value instanceof Map<?, ?> map) {
                add(name + ".", map, inner, members);
            } else {
                String sql = field.getType().copy(true).asSummaryString();
                members.add(new TrialEvent.Member(name, sql, value));
            }
        }
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return decoder.getProducedType();
    }

    private record Into(List<RowData> rows) implements Collector<RowData> {
        @Override
        public void collect(RowData row) {
            rows.add(row);
        }

        @Override
        public void close() {}
    }

    /** What formats are opened with. */
    private record Surroundings(RuntimeContext context)
            implements DeserializationSchema.InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return context.getMetricGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return new UserCodeClassLoader() {
                @Override
                public ClassLoader asClassLoader() {
                    return context.getUserCodeClassLoader();
                }

                @Override
                public void registerReleaseHookIfAbsent(String name, Runnable hook) {
                    context.registerUserCodeClassLoaderReleaseHookIfAbsent(name, hook);
                }
            };
        }
    }
}
