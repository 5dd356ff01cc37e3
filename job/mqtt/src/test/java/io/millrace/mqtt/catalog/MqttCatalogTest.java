package io.millrace.mqtt.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttCatalogTest {
    private final TableEnvironment sql =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @ParameterizedTest
    @ValueSource(strings = {"devices/+/temp", "devices/#", "$share/g/devices/#", "temp", "a b"})
    void eachTopicFilterIsATable(String topic) throws Exception {
        CatalogTable table = topic(create("'client-id.prefix'='p'"), topic);

        assertThat(table.getOptions())
                .isEqualTo(
                        Map.of(
                                "connector", "mqtt",
                                "url", "tcp://h:1883",
                                "topic", topic,
                                "format", "raw",
                                "client-id.prefix", "p"));
        assertThat(table.getUnresolvedSchema().getColumns())
                .extracting(column -> column.getName())
                .startsWith("payload", "topic", "clientid")
                .hasSize(12);
    }

    @Test
    void aTopicTableCanBePlanned() {
        create("'client-id.prefix'='p'");

        assertThat(sql.explainSql("SELECT payload, clientid FROM mqtt.`default`.`devices/+/temp`"))
                .contains("project=[payload], metadata=[clientid]");
        sql.executeSql("USE CATALOG mqtt");
        assertThat(sql.explainSql("SELECT topic FROM `devices/+/temp/#`"))
                .contains("metadata=[topic]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'scan.deduplication'='session'",
                "'scan.sessions'='3'",
                "'scan.dead-letter'='topic:dead'"
            })
    void optionsForSomeKindsOfTopicsCanBeSetForAll(String option) throws Exception {
        String name = option.contains("sessions") ? "$share/g/a/#" : "a/#";

        assertThat(topic(create("'client-id.prefix'='p', " + option), name).getOptions())
                .hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#", "#/a", "$share/g"})
    void aNameThatIsNoFilterIsNoTable(String name) {
        assertThatThrownBy(() -> topic(create("'client-id.prefix'='p'"), name))
                .isInstanceOf(TableNotExistException.class);
    }

    @Test
    void tablesAndViewsCanBeCreatedBesideAndUnderTheNamesOfTopics() {
        create("'client-id.prefix'='p'");
        sql.executeSql("USE CATALOG mqtt");
        sql.executeSql("CREATE TABLE plain (a INT) WITH ('connector'='datagen')");
        sql.executeSql("CREATE TABLE IF NOT EXISTS `a/b` (a INT) WITH ('connector'='datagen')");
        sql.executeSql("CREATE TEMPORARY TABLE `c/d` (a INT) WITH ('connector'='datagen')");
        sql.executeSql("CREATE VIEW v AS SELECT payload FROM `x/+`");

        assertThat(sql.listTables()).containsExactlyInAnyOrder("plain", "a/b", "c/d", "v");
        assertThat(sql.explainSql("SELECT a FROM `a/b`")).contains("a/b");
        sql.executeSql("DROP TABLE `a/b`");
        assertThat(sql.explainSql("SELECT payload FROM `a/b`")).contains("payload");
        sql.executeSql("DROP TABLE IF EXISTS `nothing/here`");
    }

    @Test
    void otherDatabasesHoldNoTopics() {
        create("'client-id.prefix'='p'");
        sql.executeSql("CREATE DATABASE mqtt.other");

        assertThatThrownBy(() -> sql.explainSql("SELECT * FROM mqtt.other.`a/b`"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("not found");
    }

    @Test
    void sessionsAreForSharedSubscriptionsOnly() throws Exception {
        Catalog catalog = create("'scan.sessions'='3'");

        assertThat(topic(catalog, "a/+").getOptions()).doesNotContainKey("scan.sessions");
        assertThat(topic(catalog, "$share/g/a").getOptions()).containsEntry("scan.sessions", "3");
    }

    @Test
    void allOptionsAreCheckedWhenTheCatalogIsMade() {
        assertThatThrownBy(
                        () ->
                                create(
                                        "'qos'='7', 'keep-alive'='10 ms', 'clientid.from'='x', 'scan.dead-letter'='bin'"))
                .rootCause()
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Option 'qos' is 7")
                .hasMessageContaining("Option 'keep-alive' is 10 ms")
                .hasMessageContaining("Option 'clientid.from' is 'x'")
                .hasMessageContaining("'bin'");
        assertThatThrownBy(() -> create("'topic'='a'")).rootCause().hasMessageContaining("topic");
        assertThatThrownBy(() -> create("'payload.column'='a'"))
                .rootCause()
                .hasMessageContaining("payload.column");
    }

    private Catalog create(String options) {
        sql.executeSql(
                "CREATE CATALOG mqtt WITH ('type'='mqtt', 'url'='tcp://h:1883', " + options + ")");
        return sql.getCatalog("mqtt").orElseThrow();
    }

    private static CatalogTable topic(Catalog catalog, String topic) throws TableNotExistException {
        return (CatalogTable) catalog.getTable(new ObjectPath("default", topic));
    }
}
