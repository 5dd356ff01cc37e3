package io.millrace.benchmark.rule;

import io.millrace.functions.time.EpochUnit;
import io.millrace.rule.operator.CountedCondition;
import io.millrace.rule.operator.EmqxFunction;
import io.millrace.rule.operator.OutputColumn;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * The README's rule as a Flink job from messages in memory into nothing, with the statement that
 * {@code millrace} makes of it. It runs without end; a measurement waits for a number of messages.
 */
final class RuleInFlink {
    private static final String TARGET =
            "ts TIMESTAMP_LTZ(3), temp FLOAT, hum FLOAT, clientid STRING";

    private final JobClient job;

    private RuleInFlink(JobClient job) {
        this.job = job;
    }

    /** The rule in Flink SQL. */
    static RuleInFlink sql() {
        TableEnvironment tables = tables("ROW<temp FLOAT, hum FLOAT>");
        tables.createTemporarySystemFunction("counted", new CountedCondition("temp_hum"));
        return start(
                tables,
                """
                INSERT INTO target (ts, temp, hum, clientid)
                SELECT to_ts(CAST(c0 AS BIGINT), 'millisecond'), c1, c2, c3
                FROM (SELECT now_timestamp('millisecond') as ts, payload.temp as temp, payload.hum as hum, clientid
                      FROM messages WHERE counted(payload.temp > 0)) AS r (c0, c1, c2, c3)
                """);
    }

    /** The rule in EMQX's dialect. */
    static RuleInFlink emqx() {
        TableEnvironment tables = tables("BYTES");
        tables.createTemporarySystemFunction(
                "evaluated",
                new EmqxFunction(
                        new EmqxFunction.Plan(
                                "temp_hum",
                                """
                                SELECT now_timestamp('millisecond') as ts, payload.temp as temp, payload.hum as hum, clientid
                                FROM "devices/+/temp_hum" WHERE payload.temp > 0
                                """,
                                ZoneOffset.UTC,
                                List.of(),
                                List.of(
                                        column("ts", new LocalZonedTimestampType(3)),
                                        column("temp", new FloatType()),
                                        column("hum", new FloatType()),
                                        column("clientid", VarCharType.STRING_TYPE)),
                                false,
                                true)));
        return start(
                tables,
                """
                INSERT INTO target SELECT c0, c1, c2, c3
                FROM (SELECT topic, clientid, raw_payload FROM messages) AS m,
                LATERAL TABLE(evaluated(m.topic, m.clientid, %s, m.raw_payload, %s))
                  AS r (c0, c1, c2, c3, letter)
                """
                        .formatted(
                                nulls("INT", "BOOLEAN", "TIMESTAMP_LTZ(3)", "INT", "BOOLEAN"),
                                nulls(
                                        "MAP<STRING, STRING>",
                                        "STRING",
                                        "STRING",
                                        "BYTES",
                                        "BIGINT")));
    }

    private static String nulls(String... types) {
        return Stream.of(types)
                .map("CAST(NULL AS %s)"::formatted)
                .collect(Collectors.joining(", "));
    }

    private static OutputColumn column(String name, LogicalType type) {
        return new OutputColumn(name, type, EpochUnit.MILLISECOND);
    }

    private static TableEnvironment tables(String payload) {
        Configuration configuration = new Configuration();
        configuration.set(DeploymentOptions.TARGET, "local");
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        configuration.setString("rest.port", "0");
        configuration.setString("rest.bind-port", "0");
        TableEnvironment tables =
                TableEnvironment.create(
                        EnvironmentSettings.newInstance()
                                .inStreamingMode()
                                .withConfiguration(configuration)
                                .build());
        tables.executeSql("LOAD MODULE millrace");
        tables.executeSql(
                "CREATE TEMPORARY TABLE messages (payload "
                        + payload
                        + ", topic STRING NOT NULL METADATA VIRTUAL, clientid STRING METADATA VIRTUAL,"
                        + " raw_payload BYTES METADATA VIRTUAL) WITH ('connector' = 'memory')");
        tables.executeSql(
                "CREATE TEMPORARY TABLE target (" + TARGET + ") WITH ('connector' = 'blackhole')");
        return tables;
    }

    private static RuleInFlink start(TableEnvironment tables, String insert) {
        return new RuleInFlink(tables.executeSql(insert).getJobClient().orElseThrow());
    }

    /** Returns when so many more messages went through. */
    void await(long messages) throws Exception {
        long wanted = MemorySource.GIVEN.get() + messages;
        for (int i = 1; MemorySource.GIVEN.get() < wanted; i++) {
            LockSupport.parkNanos(200_000);
            if (i % 10_000 == 0 && job.getJobStatus().get(10, TimeUnit.SECONDS).isTerminalState()) {
                throw new IllegalStateException("The job has ended");
            }
        }
    }

    void stop() throws Exception {
        job.cancel().get(60, TimeUnit.SECONDS);
    }
}
