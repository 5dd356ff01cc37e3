package io.millrace.rule.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.functions.time.EpochUnit;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.util.Collector;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class EmqxFunctionTest {
    private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");
    private static final OutputColumn N = column("n", new IntType());
    private static final OutputColumn S = column("s", VarCharType.STRING_TYPE);

    private final CountingGroup metrics = new CountingGroup();
    private final List<String> rows = new ArrayList<>();
    private EmqxFunction function;

    @Test
    void aMessageIsARowByName() throws Exception {
        open("SELECT payload.n as n, topic as s, qos as other FROM \"t/#\" WHERE n > 1", N, S);
        evaluate("t/a", "{\"n\": 2}");
        evaluate("t/a", "{\"n\": 1}");
        assertThat(rows).containsExactly("2 t/a -");
        assertCounts(2, 1, 0, 1);
    }

    @Test
    void whatARuleDoesNotGiveIsNull() throws Exception {
        open("SELECT payload.nope as n, null() as x FROM \"t\"", N, S);
        evaluate("t", "{}");
        assertThat(rows).containsExactly("null null -");
    }

    @Test
    void anExceptionIsALetterWithTheMessage() throws Exception {
        open("SELECT payload.n + 1 as n FROM \"t\"", N);
        evaluate("t", "no JSON");
        assertCounts(1, 0, 1, 0);
        JsonNode letter = letter();
        assertThat(letter.get("origin").asText()).isEqualTo("rule");
        assertThat(letter.get("rule").asText()).isEqualTo("r");
        assertThat(letter.get("reason").asText())
                .startsWith("Rule 'r': decode_json_failed, SELECT: ");
        assertThat(letter.get("topic").asText()).isEqualTo("t");
        assertThat(letter.get("payload").asText()).isEqualTo("no JSON");
        assertThat(letter.get("payload_base64").binaryValue()).isEqualTo("no JSON".getBytes(UTF_8));
    }

    @Test
    void aValueThatDoesNotFitIsALetterAndTheOtherRowsAreWritten() throws Exception {
        open("FOREACH payload.l as e DO e as n FROM \"t\"", N);
        evaluate("t", "{\"l\": [1, 2.5, 3]}");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).isEqualTo("1 -");
        assertThat(rows.get(2)).isEqualTo("3 -");
        JsonNode letter = new ObjectMapper().readTree(rows.get(1).substring("null ".length()));
        assertThat(letter.get("reason").asText())
                .isEqualTo(
                        "Rule 'r': Column 'n': 2.5 is no whole number; INT takes no other. Use round() or int().");
        assertThat(letter.get("column").asText()).isEqualTo("n");
        assertThat(letter.get("value").asText()).isEqualTo("2.5");
        assertCounts(1, 1, 0, 0);
    }

    @Test
    void aFailureInOneElementFailsTheWholeMessage() throws Exception {
        open("FOREACH payload.l as e DO e + 1 as n FROM \"t\"", N);
        evaluate("t", "{\"l\": [1, null, 3]}");
        assertThat(letter().get("reason").asText()).contains("DO");
        assertCounts(1, 0, 1, 0);
    }

    @Test
    void aMessageThatTwoSourcesMatchIsEvaluatedOnce() throws Exception {
        open(
                new EmqxFunction.Plan(
                        "r",
                        "SELECT 1 as n FROM \"t/#\", \"+/a\"",
                        ZoneOffset.UTC,
                        List.of("t/#"),
                        List.of(N),
                        false,
                        true));
        evaluate("t/a", "");
        evaluate("u/a", "");
        assertThat(rows).containsExactly("1 -");
        assertCounts(1, 1, 0, 0);
    }

    @Test
    void aRowThatIsNotTheFirstOfItsMessageIsLeftOut() throws Exception {
        open("SELECT 1 as n FROM \"t\"", N);
        function.eval(
                StringData.fromString("t"),
                null,
                0,
                false,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                null);
        assertThat(rows).isEmpty();
        assertCounts(0, 0, 0, 0);
    }

    @Test
    void theColumnsOfAMessageAreThoseOfEmqx() throws Exception {
        open(
                "SELECT clientid, qos, flags.retain as retain, flags.dup as dup, publish_received_at as at, id, event,"
                        + " username, pub_props.'User-Property'.site as site, pub_props.'User-Property-Pairs'[1].key as k,"
                        + " pub_props.'Content-Type' as type, peerhost, timestamp > at as later FROM \"t\"",
                Stream.of(
                                "clientid",
                                "qos",
                                "retain",
                                "dup",
                                "at",
                                "id",
                                "event",
                                "username",
                                "site",
                                "k",
                                "type",
                                "peerhost",
                                "later")
                        .map(name -> column(name, VarCharType.STRING_TYPE))
                        .toArray(OutputColumn[]::new));
        for (int i = 0; i < 2; i++) {
            function.eval(
                    StringData.fromString("t"),
                    StringData.fromString("d1"),
                    1,
                    true,
                    TimestampData.fromEpochMillis(1_700_000_000_000L),
                    7,
                    false,
                    "x".getBytes(UTF_8),
                    new GenericMapData(
                            Map.of(StringData.fromString("site"), StringData.fromString("s7"))),
                    StringData.fromString("text/plain"),
                    null,
                    null,
                    30L);
        }
        assertThat(rows.get(0))
                .matches(
                        "d1 1 true false 1700000000000 0000018BCFE56800[0-9A-F]{16} message.publish null s7 site text/plain null true -")
                .isEqualTo(rows.get(1));
    }

    @Test
    void theWholeOutputIsThePayloadOfATopicIfItHasNone() throws Exception {
        open(
                new EmqxFunction.Plan(
                        "r",
                        "SELECT payload.a as a, payload.b as b, topic as s FROM \"t\"",
                        ZoneOffset.UTC,
                        List.of(),
                        List.of(column("payload", new VarBinaryType(VarBinaryType.MAX_LENGTH)), S),
                        true,
                        true));
        evaluate("t", "{\"a\": {\"c\": 1.0}}");
        assertThat(rows).containsExactly("{\"a\":{\"c\":1.0},\"b\":null,\"s\":\"t\"} t -");
    }

    @Test
    void aTargetWithoutLettersGetsRowsOnly() throws Exception {
        open(
                new EmqxFunction.Plan(
                        "r",
                        "SELECT payload.n as n FROM \"t\"",
                        ZoneOffset.UTC,
                        List.of(),
                        List.of(N),
                        false,
                        false));
        evaluate("t", "{\"n\": \"x\"}");
        evaluate("t", "x");
        assertThat(rows).isEmpty();
        assertCounts(2, 1, 1, 0);
    }

    @Test
    void countsWhatAConditionOfFlinkSqlDecides() {
        CountedCondition condition = new CountedCondition("r");
        condition.open(metrics.context());
        assertThat(condition.eval(true)).isTrue();
        assertThat(condition.eval(false)).isFalse();
        assertThat(condition.eval(null)).isFalse();
        assertCounts(3, 1, 0, 2);
    }

    @Test
    void localIsTheTimeZoneOfTheSession() throws Exception {
        open("SELECT format_date('second', 'local', '%H:%M%z', 0) as s FROM \"t\"", S);
        evaluate("t", "");
        assertThat(rows).containsExactly("05:30+0530 -");
    }

    private static OutputColumn column(String name, LogicalType type) {
        return new OutputColumn(name, type, EpochUnit.MILLISECOND);
    }

    private void open(String sql, OutputColumn... columns) throws Exception {
        open(new EmqxFunction.Plan("r", sql, KATHMANDU, List.of(), List.of(columns), false, true));
    }

    private void open(EmqxFunction.Plan plan) throws Exception {
        function = InstantiationUtil.clone(new EmqxFunction(plan));
        function.open(metrics.context());
        function.setCollector(
                new Collector<>() {
                    @Override
                    public void collect(RowData row) {
                        rows.add(text(plan.columns(), row));
                    }

                    @Override
                    public void close() {}
                });
    }

    private static String text(List<OutputColumn> columns, RowData row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            Object value = RowData.createFieldGetter(columns.get(i).type(), i).getFieldOrNull(row);
            text.append(value instanceof byte[] bytes ? new String(bytes, UTF_8) : value);
            text.append(' ');
        }
        return text.append(row.isNullAt(columns.size()) ? "-" : row.getString(columns.size()))
                .toString();
    }

    private void evaluate(String topic, String payload) {
        function.eval(
                StringData.fromString(topic),
                null,
                1,
                false,
                TimestampData.fromEpochMillis(1_700_000_000_000L),
                null,
                false,
                payload.getBytes(UTF_8),
                null,
                null,
                null,
                null,
                null);
    }

    private JsonNode letter() throws Exception {
        assertThat(rows).hasSize(1);
        return new ObjectMapper().readTree(rows.get(0).substring(rows.get(0).indexOf('{')));
    }

    private void assertCounts(long matched, long passed, long exceptions, long noResult) {
        assertThat(
                        List.of(
                                metrics.count("rule.r.matched"),
                                metrics.count("rule.r.passed"),
                                metrics.count("rule.r.failedException"),
                                metrics.count("rule.r.failedNoResult")))
                .containsExactly(matched, passed, exceptions, noResult);
    }
}
