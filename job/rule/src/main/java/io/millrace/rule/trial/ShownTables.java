package io.millrace.rule.trial;

import io.millrace.mqtt.sink.MqttSink;
import io.millrace.tdengine.declared.DeclaredTables;
import io.millrace.tdengine.sink.RehearsedSink;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes the tables that a trial writes: TDengine's and MQTT's sinks do all they do but for sending,
 * and of others the rows are told. Nothing is written anywhere.
 */
final class ShownTables implements DynamicTableSinkFactory {
    /** The connector of the tables that take what probes give. */
    static final String PROBE = "millrace-probe";

    static final String PROBE_RULE = "rule";
    static final String PROBE_NUMBER = "number";

    /** Which rule made the rows, as the planner tells the connectors. */
    private static final String RULE = "sink.rule";

    private final TrialLog log;
    private final boolean offline;
    private final Function<String, DeclaredTables> declared;
    private final Clock clock;

    /**
     * @param declared the tables that are declared for the server at an address
     */
    ShownTables(
            TrialLog log, boolean offline, Function<String, DeclaredTables> declared, Clock clock) {
        this.log = log;
        this.offline = offline;
        this.declared = declared;
        this.clock = clock;
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        Map<String, String> options = context.getCatalogTable().getOptions();
        String connector = String.valueOf(options.get(FactoryUtil.CONNECTOR.key()));
        RowType type = (RowType) context.getPhysicalRowDataType().getLogicalType();
        if (connector.equals(PROBE)) {
            return new ProbeTable(
                    new ToldRows.Answers(
                            log,
                            options.get(PROBE_RULE),
                            Integer.parseInt(options.get(PROBE_NUMBER))));
        }
        String rule = options.getOrDefault(RULE, context.getObjectIdentifier().getObjectName());
        DynamicTableSinkFactory factory =
                FactoryUtil.discoverFactory(
                        context.getClassLoader(), DynamicTableSinkFactory.class, connector);
        return TableProxy.of(
                DynamicTableSink.class,
                factory.createDynamicTableSink(context),
                (method, argument, made) ->
                        SinkV2Provider.of(
                                made instanceof SinkV2Provider provider
                                        ? shown(provider.createSink(), rule, connector, type)
                                        : new ToldRows(
                                                new ToldRows.Rows(log, rule, connector, type)),
                                1));
    }

    private Sink<RowData> shown(Sink<RowData> sink, String rule, String connector, RowType type) {
        if (sink instanceof MqttSink<RowData> mqtt) {
            return mqtt.rehearsed(new ToldMessages(log, rule));
        }
        return RehearsedSink.url(sink)
                .map(
                        url ->
                                (Sink<RowData>)
                                        RehearsedSink.of(
                                                sink,
                                                declared.apply(url),
                                                !offline,
                                                clock,
                                                new ToldStatements(log, rule)))
                .orElseGet(() -> new ToldRows(new ToldRows.Rows(log, rule, connector, type)));
    }

    @Override
    public String factoryIdentifier() {
        return TrialModule.NAME;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }
}
