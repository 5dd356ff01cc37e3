package io.millrace.tdengine.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tdengine.sink.row.EncodingRules.NonFinite;
import io.millrace.tdengine.sink.row.EncodingRules.NullHandling;
import io.millrace.tdengine.sink.row.EncodingRules.TimeUnit;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.runtime.connector.sink.SinkRuntimeProviderContext;
import org.junit.jupiter.api.Test;

class TDengineDynamicTableFactoryTest {
    private static final ResolvedSchema SCHEMA =
            ResolvedSchema.of(
                    Column.physical("ts", DataTypes.TIMESTAMP_LTZ(3)),
                    Column.physical("v", DataTypes.DOUBLE()));

    private static Map<String, String> options(String... more) {
        Map<String, String> options = new HashMap<>();
        options.put("connector", "tdengine");
        options.put("url", "http://h:6041");
        options.put("username", "root");
        options.put("password", "s3cr3t");
        options.put("database", "db");
        options.put("table", "t");
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return options;
    }

    private static DynamicTableSink sink(Map<String, String> options) {
        CatalogTable table =
                CatalogTable.newBuilder()
                        .schema(Schema.newBuilder().fromResolvedSchema(SCHEMA).build())
                        .options(options)
                        .build();
        return FactoryUtil.createDynamicTableSink(
                null,
                ObjectIdentifier.of("c", "d", "t"),
                new ResolvedCatalogTable(table, SCHEMA),
                Map.of(),
                new Configuration(),
                TDengineDynamicTableFactoryTest.class.getClassLoader(),
                true);
    }

    private static void plan(DynamicTableSink sink) {
        sink.getSinkRuntimeProvider(new SinkRuntimeProviderContext(false));
    }

    @Test
    void readsAllOptionsAsTheyAreWritten() {
        DynamicTableSink sink =
                sink(
                        options(
                                "sink.non-finite", "dead-letter",
                                "sink.null-handling", "skip",
                                "sql.time-unit", "nanosecond",
                                "sink.batch.max-bytes", "512 kb",
                                "sink.batch.interval", "1 s",
                                "sink.dead-letter", "fail",
                                "sink.parallelism", "3"));

        var provider = sink.getSinkRuntimeProvider(new SinkRuntimeProviderContext(false));

        assertThat(((SinkV2Provider) provider).getParallelism()).contains(3);
        assertThat(sink.copy()).isNotSameAs(sink);
    }

    @Test
    void knowsTheWordsOfItsEnums() {
        ReadableConfig config =
                Configuration.fromMap(
                        Map.of(
                                "sink.non-finite", "dead-letter",
                                "sink.null-handling", "skip",
                                "sql.time-unit", "nanosecond"));

        assertThat(config.get(TDengineConnectorOptions.SINK_NON_FINITE))
                .isEqualTo(NonFinite.DEAD_LETTER);
        assertThat(config.get(TDengineConnectorOptions.SINK_NULL_HANDLING))
                .isEqualTo(NullHandling.SKIP);
        assertThat(config.get(TDengineConnectorOptions.SQL_TIME_UNIT))
                .isEqualTo(TimeUnit.NANOSECOND);
    }

    @Test
    void declaresEveryOptionThatThereIs() throws Exception {
        TDengineDynamicTableFactory factory = new TDengineDynamicTableFactory();
        Set<ConfigOption<?>> declared = new HashSet<>(factory.requiredOptions());
        declared.addAll(factory.optionalOptions());
        List<Object> defined =
                Stream.of(TDengineConnectorOptions.class.getFields())
                        .filter(field -> Modifier.isStatic(field.getModifiers()))
                        .map(
                                field -> {
                                    try {
                                        return field.get(null);
                                    } catch (IllegalAccessException e) {
                                        throw new AssertionError(e);
                                    }
                                })
                        .toList();

        assertThat(declared).hasSize(defined.size());
        assertThat(defined).allMatch(declared::contains);
    }

    @Test
    void saysAllThatIsWrongAndNoSecret() {
        DynamicTableSink sink =
                sink(options("super-table", "s", "sink.batch.max-rows", "-1", "token", "t0k3n"));

        assertThatThrownBy(() -> plan(sink))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("'table', 'super-table' and 'sql'")
                .hasMessageContaining("'sink.batch.max-rows' is -1")
                .hasMessageContaining("exclude each other")
                .hasMessageNotContaining("s3cr3t")
                .hasMessageNotContaining("t0k3n");
    }
}
