package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The functions as SQL sees them. */
class MillraceModuleITCase {
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
    void listsItsFunctions() {
        assertThat(session.listFunctions())
                .contains(
                        "now_timestamp",
                        "now_rfc3339",
                        "unix_ts_to_rfc3339",
                        "rfc3339_to_unix_ts",
                        "format_date",
                        "date_to_unix_ts",
                        "timezone_to_offset_seconds",
                        "timezone_to_second",
                        "to_ts");
    }

    @Test
    void answersAsExpectedThroughSql() throws Exception {
        List<Vector> vectors =
                Vector.dateTime().stream().filter(vector -> vector.error() == null).toList();
        List<Vector> withoutMissing =
                vectors.stream().filter(vector -> !vector.hasMissingArgument()).toList();

        Row row =
                query(
                        "SELECT "
                                + withoutMissing.stream()
                                        .map(Vector::sql)
                                        .collect(Collectors.joining(", ")));

        for (int i = 0; i < withoutMissing.size(); i++) {
            assertThat(row.getField(i))
                    .as(withoutMissing.get(i).toString())
                    .isEqualTo(withoutMissing.get(i).expected());
        }
    }

    @Test
    void answersTheSameForArgumentsThatAreNoLiterals() {
        assertThat(
                        query(
                                "SELECT unix_ts_to_rfc3339(n, u), rfc3339_to_unix_ts(s, u),"
                                        + " format_date(u, o, f, n), date_to_unix_ts(u, o, f, d),"
                                        + " timezone_to_second(o), to_ts(n, u) FROM (VALUES (1709251199987,"
                                        + " 'millisecond', '+08:00', '%Y-%m-%d %H:%M:%S',"
                                        + " '2024-02-29T23:59:59.987Z', '2024-03-01 07:59:59'))"
                                        + " AS t(n, u, o, f, s, d)"))
                .isEqualTo(
                        Row.of(
                                "2024-02-29T23:59:59.987+00:00",
                                1_709_251_199_987L,
                                "2024-03-01 07:59:59",
                                1_709_251_199_000L,
                                28_800L,
                                Instant.parse("2024-02-29T23:59:59.987Z")));
    }

    @Test
    void argumentsThatAreNoLiteralsMayDifferFromRowToRow() {
        assertThat(
                        rows(
                                "SELECT format_date(u, o, f, 1500) FROM (VALUES ('millisecond',"
                                        + " 'Z', '%S'), ('second', '+01:00', '%H:%M'), ('second',"
                                        + " 'Z', '%H:%M')) AS t(u, o, f)"))
                .containsExactly(Row.of("01"), Row.of("01:25"), Row.of("00:25"));
    }

    @Test
    void nullGivesNull() {
        assertThat(
                        query(
                                "SELECT unix_ts_to_rfc3339(CAST(NULL AS BIGINT)),"
                                        + " rfc3339_to_unix_ts(CAST(NULL AS STRING), 'second'),"
                                        + " format_date('second', 'Z', '%Y', NULL),"
                                        + " format_date('second', CAST(NULL AS STRING), '%Y', 1),"
                                        + " date_to_unix_ts('second', '%Y%m%d%H%M%S', NULL),"
                                        + " timezone_to_second(CAST(NULL AS STRING)),"
                                        + " to_ts(NULL, 'second')"))
                .isEqualTo(Row.of(null, null, null, null, null, null, null));
    }

    @Test
    void readsTheClock() {
        Instant before = Instant.now();
        Row row =
                query(
                        "SELECT now_timestamp(), NOW_TIMESTAMP('millisecond'),"
                                + " now_timestamp('microsecond'), now_timestamp('nanosecond'),"
                                + " now_rfc3339(), now_rfc3339('nanosecond'),"
                                + " format_date('second', 'local', '%Y-%m-%d')");
        Instant after = Instant.now();

        assertThat((Long) row.getField(0))
                .isBetween(before.getEpochSecond(), after.getEpochSecond());
        assertThat((Long) row.getField(1)).isBetween(before.toEpochMilli(), after.toEpochMilli());
        assertThat((Long) row.getField(2) / 1000)
                .isBetween(before.toEpochMilli(), after.toEpochMilli());
        assertThat((Long) row.getField(3) / 1_000_000)
                .isBetween(before.toEpochMilli(), after.toEpochMilli());
        assertThat((String) row.getField(4)).hasSize(25).endsWith("+00:00");
        assertThat((String) row.getField(5)).hasSize(35).endsWith("+00:00");
        assertThat((String) row.getField(6)).isIn(day(before), day(after));
    }

    private static String day(Instant instant) {
        return instant.toString().substring(0, 10);
    }

    @Test
    void readsTheClockForEachRow() {
        // Folded into a constant, all of these would be equal.
        List<Row> rows =
                rows(
                        "SELECT now_timestamp('nanosecond') FROM (VALUES 1, 2, 3, 4, 5, 6, 7, 8, 9,"
                                + " 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)");
        assertThat(rows.stream().map(row -> row.getField(0)).distinct().count()).isGreaterThan(1);
    }

    @Test
    void textIsInTheTimeZoneOfTheSession() {
        session.getConfig().set("table.local-time-zone", "Asia/Kathmandu");
        assertThat(
                        query(
                                "SELECT unix_ts_to_rfc3339(0), format_date('second', 'local', '%H:%M', 0),"
                                        + " date_to_unix_ts('second', 'local', '%Y%m%d%H%M%S',"
                                        + " '20240101000000'), timezone_to_second('local')"))
                .isEqualTo(Row.of("1970-01-01T05:30:00+05:30", "05:30", 1_704_046_500L, 20_700L));
    }

    @Test
    void withoutASettingTheTimeZoneIsTheMachines() {
        session.getConfig().set("table.local-time-zone", "default");
        // The build runs tests in Asia/Kathmandu.
        assertThat(query("SELECT timezone_to_second('local')"))
                .isEqualTo(
                        Row.of(
                                (long)
                                        ZoneId.systemDefault()
                                                .getRules()
                                                .getOffset(Instant.now())
                                                .getTotalSeconds()));
    }

    @Test
    void instantsHaveThePrecisionOfTheUnit() {
        assertThat(
                        session.sqlQuery(
                                        "SELECT to_ts(1, 'second') AS s, to_ts(1, 'millisecond') AS"
                                                + " m, to_ts(1, 'microsecond') AS u, to_ts(1,"
                                                + " 'nanosecond') AS n")
                                .getResolvedSchema()
                                .getColumnDataTypes())
                .map(type -> type.getLogicalType().asSummaryString())
                .containsExactly(
                        "TIMESTAMP_LTZ(3)",
                        "TIMESTAMP_LTZ(3)",
                        "TIMESTAMP_LTZ(6)",
                        "TIMESTAMP_LTZ(9)");
        assertThat(query("SELECT to_ts(-1, 'nanosecond'), to_ts(1709251199987654, 'microsecond')"))
                .isEqualTo(
                        Row.of(
                                Instant.ofEpochSecond(0, -1),
                                Instant.parse("2024-02-29T23:59:59.987654Z")));
    }

    @Test
    void badDataGivesNullAndTheJobGoesOn() {
        assertThat(
                        query(
                                "SELECT rfc3339_to_unix_ts(s), unix_ts_to_rfc3339(n), to_ts(n, 'second'),"
                                        + " to_ts(1, s), date_to_unix_ts('second', '%Y%m%d%H%M%S', s),"
                                        + " timezone_to_second(s)"
                                        + " FROM (VALUES ('Sensor-07', 1709251199987)) AS t(s, n)"))
                .isEqualTo(Row.of(null, null, null, null, null, null));
    }

    @Test
    void badDataFailsTheJobIfTheModuleIsLoadedSo() {
        session.executeSql("UNLOAD MODULE millrace");
        session.executeSql("LOAD MODULE millrace WITH ('on-error' = 'fail')");
        assertThatThrownBy(
                        () ->
                                query(
                                        "SELECT rfc3339_to_unix_ts(s) FROM (VALUES ('Sensor-07'),"
                                                + " ('x')) AS t(s)"))
                .hasStackTraceContaining("'Sensor-07' is no RFC 3339 time");
    }

    @Test
    void survivesInACompiledPlan() throws Exception {
        session.executeSql(
                "CREATE TEMPORARY TABLE nowhere (ts TIMESTAMP_LTZ(3), s STRING) WITH ('connector' ="
                        + " 'blackhole')");
        session.compilePlanSql(
                        "INSERT INTO nowhere SELECT to_ts(now_timestamp('millisecond'),"
                                + " 'millisecond'), now_rfc3339('second')")
                .execute()
                .await();
    }

    @Test
    void aWrongUnitFailsAtPlanning() {
        assertRefused(
                "SELECT now_timestamp('minute')",
                "now_timestamp: unit 'minute' is not known; allowed are 'second', 'millisecond',"
                        + " 'microsecond', 'nanosecond'.");
        assertRefused("SELECT to_ts(1, 'day')", "to_ts: unit 'day' is not known");
        assertRefused("SELECT timezone_to_second('UTC')", "offset 'UTC' is not known");
        assertRefused(
                "SELECT format_date('second', '+24:00', '%Y', 1)",
                "format_date: offset '+24:00' has 24 as its hour; allowed are 0 to 23.");
        assertRefused(
                "SELECT date_to_unix_ts('second', '%Y-%m-%d', '2024-02-29')",
                "date_to_unix_ts: format '%Y-%m-%d' has no %H");
        assertRefused("SELECT rfc3339_to_unix_ts('2024-02-29')", "is no RFC 3339 time");
    }

    @Test
    void aWrongTypeFailsAtPlanning() {
        assertRefused(
                "SELECT unix_ts_to_rfc3339('12')",
                "unix_ts_to_rfc3339: ts has type CHAR(2) NOT NULL; allowed is BIGINT. Convert it"
                        + " with CAST(ts AS BIGINT).");
        assertRefused("SELECT to_ts(1.5, 'second')", "n has type DECIMAL(2, 1) NOT NULL");
        assertRefused(
                "SELECT now_timestamp(u) FROM (VALUES 'second', 'minute') AS t(u)",
                "now_timestamp: unit must be written as a literal text.");
        assertRefused("SELECT timezone_to_second()", "Supported signatures are:");
    }

    private void assertRefused(String sql, String message) {
        assertThatThrownBy(() -> session.explainSql(sql)).hasStackTraceContaining(message);
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
