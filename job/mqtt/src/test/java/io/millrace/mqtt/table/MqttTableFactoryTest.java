package io.millrace.mqtt.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.util.ExceptionUtils;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class MqttTableFactoryTest {
    private final TableEnvironment sql =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @Test
    void allProblemsAreToldInOneMessage() {
        assertFails(
                        "payload STRING",
                        "'url'='http://h', 'topic'='a#', 'format'='raw', 'qos'='7',"
                                + " 'clientid.from'='head'")
                .hasStackTraceContaining("Option 'url'")
                .hasStackTraceContaining("Option 'topic'")
                .hasStackTraceContaining("Option 'qos' is 7")
                .hasStackTraceContaining("Option 'clientid.from' is 'head'")
                .hasStackTraceContaining("Option 'client-id.prefix' is missing");
    }

    @Test
    void aMissingFormatNamesSome() {
        assertFails("payload STRING", "'url'='tcp://h', 'topic'='a', 'client-id.prefix'='p'")
                .hasStackTraceContaining("Option 'format' is missing")
                .hasStackTraceContaining("payload-json");
    }

    @Test
    void anOptionThatNobodyKnowsIsRefused() {
        assertFails(
                        "payload STRING",
                        "'url'='tcp://h', 'topic'='a', 'client-id.prefix'='p', 'format'='raw', 'qoss'='1'")
                .hasStackTraceContaining("qoss");
    }

    @Test
    void aTypeThatPayloadJsonCannotReadIsRefusedWhenTheQueryIsPlanned() {
        assertFails(
                        "payload ROW<m MAP<INT, INT>>",
                        "'url'='tcp://h', 'topic'='a', 'client-id.prefix'='p', 'format'='payload-json'")
                .hasStackTraceContaining("Format 'payload-json' cannot read 'm'");
    }

    @Test
    void theJobsNameStandsInForThePrefix() {
        sql.getConfig().set(PipelineOptions.NAME, "my job");
        table("payload STRING", "'url'='tcp://h', 'topic'='a', 'format'='raw'");

        assertThat(sql.explainSql("SELECT payload FROM t")).contains("TableSourceScan");
    }

    @Test
    void onlyUsedColumnsAreRead() {
        table(
                "temp DOUBLE, hum DOUBLE, topic STRING METADATA VIRTUAL, arrival TIMESTAMP_LTZ(3) METADATA FROM 'received_at'",
                "'url'='tcp://h', 'topic'='a', 'client-id.prefix'='p', 'format'='json'");

        assertThat(sql.explainSql("SELECT hum, topic FROM t"))
                .contains("project=[hum], metadata=[topic]");
    }

    @Test
    void aPasswordIsNotInAPlan() {
        table(
                "payload STRING",
                "'url'='tcp://h', 'topic'='a', 'client-id.prefix'='p', 'format'='raw',"
                        + " 'username'='me', 'password'='s3cret'");

        assertThat(sql.explainSql("SELECT payload FROM t")).doesNotContain("s3cret");
    }

    @Test
    void metadataColumnsHaveTheNamesOfTheDocuments() {
        assertThat(MqttMetadata.all().keySet())
                .containsExactly(
                        "topic",
                        "clientid",
                        "qos",
                        "retain",
                        "received_at",
                        "message_id",
                        "user_properties",
                        "content_type",
                        "response_topic",
                        "correlation_data",
                        "message_expiry");
        assertThat(MqttMetadata.all())
                .extractingFromEntries(entry -> entry.getKey() + " " + entry.getValue())
                .contains("received_at TIMESTAMP_LTZ(3) NOT NULL", "message_id INT");
    }

    @Test
    void aTargetsTopicNamesItsColumns() {
        assertCannotWrite("clientid STRING, payload STRING", "'topic'='a/${client_id}'")
                .hasStackTraceContaining(
                        "Option 'topic' is 'a/${client_id}', and the table has no column 'client_id' that is written; there are clientid, payload. Did you mean 'clientid'?");
        assertCannotWrite("v DOUBLE, payload STRING", "'topic'='a/${v}'")
                .hasStackTraceContaining("column 'v' is DOUBLE; a topic takes texts");
        assertCannotWrite("payload STRING", "'topic'='a/+'")
                .hasStackTraceContaining(
                        "Option 'topic' is 'a/+', which cannot be written: it holds the wildcard +");
        assertCannotWrite("payload STRING", "'topic'='$share/g/a'")
                .hasStackTraceContaining("it is a shared subscription, which is for reading");
        assertCannotWrite("payload STRING", "'topic'='a/${'").hasStackTraceContaining("has no }");
    }

    @Test
    void aVirtualMetadataColumnIsNotWritten() {
        assertCannotWrite(
                        "payload STRING, clientid STRING METADATA VIRTUAL",
                        "'topic'='a/${clientid}'")
                .hasStackTraceContaining("no column 'clientid' that is written");
        assertCannotWrite("payload STRING, received_at TIMESTAMP_LTZ(3) METADATA", "'topic'='a'")
                .hasStackTraceContaining("received_at");
    }

    @Test
    void mqtt311HasNoMetadataThatIsAProperty() {
        assertCannotWrite(
                        "payload STRING, kind STRING METADATA FROM 'content_type', q INT METADATA FROM 'qos'",
                        "'topic'='a', 'protocol-version'='3.1.1'")
                .hasStackTraceContaining("Metadata column 'kind' needs MQTT 5")
                .satisfies(
                        failure ->
                                assertThat(ExceptionUtils.stringifyException(failure))
                                        .doesNotContain("Metadata column 'q'"));
    }

    @Test
    void pahoCannotWrite() {
        assertCannotWrite("payload STRING", "'topic'='a', 'client'='paho'")
                .hasStackTraceContaining("Option 'client' is 'paho', which is for reading only");
    }

    @Test
    void aTemplateCannotBeRead() {
        assertFails(
                        "clientid STRING, payload STRING",
                        "'url'='tcp://h', 'topic'='a/${clientid}', 'client-id.prefix'='p', 'format'='json'")
                .hasStackTraceContaining("Option 'topic' is the template 'a/${clientid}'");
    }

    @Test
    void deadLettersDoNotComeBackAsMessages() {
        assertFails(
                        "payload STRING",
                        "'url'='tcp://h', 'topic'='a/#', 'client-id.prefix'='p', 'format'='raw', 'scan.dead-letter'='topic:a/dead'")
                .hasStackTraceContaining(
                        "Option 'scan.dead-letter' is 'topic:a/dead', which the topic filter 'a/#' reads too");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertCannotWrite(
            String columns, String options) {
        sql.executeSql("DROP TABLE IF EXISTS t");
        table(columns, "'url'='tcp://h', 'client-id.prefix'='p', 'format'='raw', " + options);
        String nulls =
                Stream.of(columns.split(", "))
                        .filter(column -> !column.endsWith("VIRTUAL"))
                        .map(column -> "CAST(NULL AS " + column.split(" ")[1] + ")")
                        .collect(Collectors.joining(", "));
        return assertThatThrownBy(() -> sql.explainSql("INSERT INTO t SELECT " + nulls))
                .isInstanceOf(ValidationException.class);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(
            String columns, String options) {
        table(columns, options);
        return assertThatThrownBy(() -> sql.explainSql("SELECT * FROM t"))
                .isInstanceOf(ValidationException.class);
    }

    private void table(String columns, String options) {
        sql.executeSql(
                "CREATE TABLE t (" + columns + ") WITH ('connector'='mqtt', " + options + ")");
    }
}
