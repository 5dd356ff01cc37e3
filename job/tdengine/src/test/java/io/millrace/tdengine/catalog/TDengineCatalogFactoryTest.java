package io.millrace.tdengine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tdengine.client.TDengineConnectionSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.flink.table.factories.FactoryUtil;
import org.junit.jupiter.api.Test;

class TDengineCatalogFactoryTest {
    private static final ObjectPath PATH = new ObjectPath("db", "t");

    @Test
    void isFoundByItsTypeAndDoesNotConnect() {
        Catalog catalog = create(Map.of("default-database", "iot"));
        catalog.open();
        assertThat(catalog).isInstanceOf(TDengineCatalog.class);
        assertThat(catalog.getDefaultDatabase()).isEqualTo("iot");
        catalog.close();
    }

    @Test
    void theDefaultDatabaseIsThatOfTheUrl() {
        assertThat(create(Map.of("url", "jdbc:TAOS-WS://h:6041/iot")).getDefaultDatabase())
                .isEqualTo("iot");
        assertThat(create(Map.of()).getDefaultDatabase()).isNull();
    }

    @Test
    void optionsOfTheSinkAreAccepted() {
        create(Map.of("sub-table", "d_${clientid}", "sink.batch.max-rows", "10"));
    }

    @Test
    void unknownOptionsAndWrongValuesAreRefused() {
        assertThatThrownBy(() -> create(Map.of("usrname", "x")))
                .hasStackTraceContaining("Unsupported options:\n\nusrname");
        assertThatThrownBy(() -> create(Map.of("url", "jdbc:mysql://h/")))
                .hasRootCauseMessage(
                        "Option 'url': URL 'jdbc:mysql://h/' is no URL of TDengine; allowed are"
                                + " 'jdbc:TAOS-WS://host:6041[,host2:6041]/[database]',"
                                + " 'http://host:6041', 'ws://host:6041' or, for TLS,"
                                + " 'https://host' and 'wss://host'.");
        assertThatThrownBy(() -> create(Map.of("super-table", "x")))
                .hasStackTraceContaining("Unsupported options:\n\nsuper-table");
        assertThatThrownBy(() -> create(Map.of("token", "x")))
                .hasStackTraceContaining("exclude each other");
    }

    @Test
    void secretsInTheUrlBecomeOptionsThatFlinkHides() {
        Map<String, String> options = new HashMap<>();
        options.put("type", "tdengine");
        options.put("url", "jdbc:TAOS-WS://h:6041/db?user=root&password=hush");
        assertThat(
                        TDengineCatalogFactory.tableOptions(
                                options,
                                TDengineConnectionSettings.builder()
                                        .url(options.get("url"))
                                        .build()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "url", "jdbc:TAOS-WS://h:6041/db",
                                "username", "root",
                                "password", "hush"));
    }

    @Test
    void refusesWhatTDengineCannotDo() {
        Catalog catalog = create(Map.of());
        assertThatThrownBy(() -> catalog.renameTable(PATH, "u", false))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("cannot rename table 'db.t'");
        assertThatThrownBy(() -> catalog.createPartition(PATH, null, null, false))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                        "A catalog of TDengine cannot create a partition. TDengine has no such"
                                + " thing.");
    }

    @Test
    void looksUpFunctionsWithoutTheServer() {
        assertThatThrownBy(() -> create(Map.of()).getFunction(PATH))
                .isInstanceOf(FunctionNotExistException.class);
    }

    @Test
    void doesNotAskForNamesThatTDengineCannotHave() {
        Catalog catalog = create(Map.of());
        assertThat(catalog.tableExists(new ObjectPath("db", "devices/+/temp`"))).isFalse();
        assertThat(catalog.tableExists(new ObjectPath("db", "温度"))).isFalse();
    }

    private static Catalog create(Map<String, String> more) {
        Map<String, String> options = new HashMap<>();
        options.put("type", "tdengine");
        options.put("url", "jdbc:TAOS-WS://127.0.0.1:1/");
        options.put("username", "root");
        options.put("password", "taosdata");
        options.putAll(more);
        return FactoryUtil.createCatalog(
                "td",
                options,
                new Configuration(),
                TDengineCatalogFactoryTest.class.getClassLoader());
    }
}
