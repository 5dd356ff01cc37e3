package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The functions of the library as SQL sees them. */
class LibraryFunctionITCase {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    private final TableEnvironment session =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @BeforeEach
    void loadTheModule() {
        session.getConfig().set("parallelism.default", "1");
        session.getConfig().set("table.local-time-zone", "UTC");
        session.executeSql("LOAD MODULE millrace");
    }

    @Test
    void probe() {
        session.executeSql("USE MODULES millrace, core");
        System.out.println(
                query(
                        "SELECT ABS(-5), sqrt(9), abs(x), sqrt(x), sqrt(y), abs(CAST(x AS DECIMAL(10,0))) FROM (VALUES (-3, 2.25)) AS t(x, y)"));
        System.out.println(
                CollectionUtil.iteratorToList(
                        session.executeSql("DESCRIBE FUNCTION EXTENDED abs").collect()));
    }

    private Row query(String sql) {
        List<Row> rows = rows(sql);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private List<Row> rows(String sql) {
        return CollectionUtil.iteratorToList(session.executeSql(sql).collect());
    }
}
