package io.millrace.mqtt.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
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
