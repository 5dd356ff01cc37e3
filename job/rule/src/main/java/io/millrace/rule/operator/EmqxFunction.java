package io.millrace.rule.operator;

import io.millrace.mqtt.client.TopicFilter;
import io.millrace.rule.emqx.EmqxException;
import io.millrace.rule.emqx.Outcome;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.table.types.inference.ArgumentTypeStrategy;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.utils.TypeConversions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rule of the EMQX dialect: takes the columns of a message, in the order of {@link MessageInput},
 * and gives rows for the rule's target, each with a dead letter behind its columns.
 *
 * <p>A table function has no hook in checkpoints, so it cannot keep letters itself: that of a
 * message which the rule fails on, or of an output that does not fit, is a row for the sink, which
 * keeps it as it keeps its own.
 */
public final class EmqxFunction extends TableFunction<RowData> {
    /** The name of the column that holds a dead letter. */
    public static final String DEAD_LETTER = "dead_letter";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(EmqxFunction.class);

    /**
     * What it runs.
     *
     * @param rule its name
     * @param sql its text, which compiles
     * @param zone what {@code local} means in functions of dates
     * @param earlier filters of the same rule whose messages another call evaluates already, so
     *     that a message is evaluated once as EMQX does
     * @param columns what it writes
     * @param wholeAsPayload whether the column {@code payload} is the whole output as JSON, because
     *     the rule has no output of that name
     * @param keepsLetters whether the target takes dead letters; if not they are only logged
     * @param clock what functions of the time read
     */
    public record Plan(
            String rule,
            String sql,
            ZoneId zone,
            List<String> earlier,
            List<OutputColumn> columns,
            boolean wholeAsPayload,
            boolean keepsLetters,
            Clock clock)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        public Plan {
            earlier = List.copyOf(earlier);
            columns = List.copyOf(columns);
        }

        /** The same for messages that other calls of the same rule have not evaluated already. */
        public Plan after(List<String> others) {
            return new Plan(rule, sql, zone, others, columns, wholeAsPayload, keepsLetters, clock);
        }

        /** With the machine's clock. */
        public Plan(
                String rule,
                String sql,
                ZoneId zone,
                List<String> earlier,
                List<OutputColumn> columns,
                boolean wholeAsPayload,
                boolean keepsLetters) {
            this(
                    rule,
                    sql,
                    zone,
                    earlier,
                    columns,
                    wholeAsPayload,
                    keepsLetters,
                    Clock.systemUTC());
        }
    }

    private final Plan plan;
    private transient Evaluation evaluation;
    private transient MessageColumns message;
    private transient OutputRows rows;
    private transient RuleLetters letters;
    private transient RuleCounters counters;
    private transient FailureLog failures;
    private transient TopicFilter[] earlier;

    public EmqxFunction(Plan plan) {
        this.plan = plan;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory factory) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(
                        InputTypeStrategies.sequence(
                                Stream.of(MessageInput.values())
                                        .map(input -> InputTypeStrategies.explicit(input.type()))
                                        .toArray(ArgumentTypeStrategy[]::new)))
                .outputTypeStrategy(
                        TypeStrategies.explicit(
                                DataTypes.ROW(
                                                Stream.concat(
                                                                plan.columns().stream()
                                                                        .map(EmqxFunction::field),
                                                                Stream.of(
                                                                        DataTypes.FIELD(
                                                                                DEAD_LETTER,
                                                                                DataTypes
                                                                                        .STRING())))
                                                        .toList())
                                        .bridgedTo(RowData.class)))
                .build();
    }

    private static DataTypes.Field field(OutputColumn column) {
        return DataTypes.FIELD(
                column.name(), TypeConversions.fromLogicalToDataType(column.type().copy(true)));
    }

    /** The rule may read the clock, and it counts. */
    @Override
    public boolean isDeterministic() {
        return false;
    }

    @Override
    public void open(FunctionContext context) {
        evaluation = Evaluation.of(plan, this::write);
        message = new MessageColumns(plan.rule(), host(), plan.clock());
        rows = new OutputRows(plan.columns());
        letters = new RuleLetters(plan.rule());
        counters = new RuleCounters(context.getMetricGroup(), plan.rule());
        failures = new FailureLog(LOG, plan.rule(), System::nanoTime);
        earlier = plan.earlier().stream().map(TopicFilter::parse).toArray(TopicFilter[]::new);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Called for each message. A message without a payload is one that another row stands for. */
    public void eval(
            StringData topic,
            StringData clientId,
            Integer qos,
            Boolean retain,
            TimestampData receivedAt,
            Integer packetId,
            Boolean dup,
            byte[] payload,
            MapData userProperties,
            StringData contentType,
            StringData responseTopic,
            byte[] correlationData,
            Long messageExpiry) {
        if (payload == null) {
            return;
        }
        message.payload = payload;
        message.topic = topic;
        message.clientId = clientId;
        message.qos = qos;
        message.retain = retain;
        message.dup = dup;
        message.receivedAt = receivedAt;
        message.packetId = packetId;
        message.userProperties = userProperties;
        message.contentType = contentType;
        message.responseTopic = responseTopic;
        message.correlationData = correlationData;
        message.messageExpiry = messageExpiry;
        message.begin();
        if (isEvaluatedElsewhere()) {
            counters.elsewhere();
        } else {
            evaluate();
        }
    }

    private boolean isEvaluatedElsewhere() {
        for (TopicFilter filter : earlier) {
            if (filter.matches(message.topic())) {
                return true;
            }
        }
        return false;
    }

    private void evaluate() {
        counters.matched();
        Outcome outcome;
        try {
            outcome = evaluation.of(message);
        } catch (EmqxException e) {
            counters.failedException();
            String reason = e.head() + ", " + e.getMessage();
            failures.failed(reason, message.topic());
            if (plan.keepsLetters()) {
                give(rows.letter(letters.failed(reason, message)));
            }
            return;
        }
        if (outcome == Outcome.PASSED) {
            counters.passed();
        } else {
            counters.failedNoResult();
        }
    }

    private void give(RowData row) {
        counters.row();
        collect(row);
    }

    private void write(Object[] output) {
        try {
            give(rows.row(output));
        } catch (MisfitException e) {
            failures.failed(e.getMessage(), message.topic());
            if (plan.keepsLetters()) {
                give(rows.letter(letters.misfit(e, message)));
            }
        }
    }
}
