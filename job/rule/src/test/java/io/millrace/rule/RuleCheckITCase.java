package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.rule.Problem.Severity;
import io.millrace.rule.plan.PlannedTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One wrong rule after the other, and what a check says of it. */
class RuleCheckITCase {
    private static final String DB = "DB";
    private static TDengineUnderTest tdengine;
    private static String database;

    @TempDir private Path folder;

    @BeforeAll
    static void createTables() {
        tdengine = TDengineUnderTest.start();
        database = tdengine.freshDatabase("PRECISION 'ms'");
        tdengine.execute(
                "CREATE TABLE %s.plain (ts TIMESTAMP, temp FLOAT, hum FLOAT, clientid NCHAR(8))"
                        .formatted(database));
        tdengine.execute(
                "CREATE STABLE %s.meters (ts TIMESTAMP, temp FLOAT, n INT, t TINYINT, b BIGINT)"
                                .formatted(database)
                        + " TAGS (clientid NCHAR(8), site VARCHAR(4))");
        tdengine.execute(
                "CREATE STABLE %s.levels (ts TIMESTAMP, temp FLOAT) TAGS (level FLOAT)"
                        .formatted(database));
        tdengine.execute(
                "CREATE TABLE %1$s.d1 USING %1$s.meters TAGS ('d1', 'x')".formatted(database));
    }

    @AfterAll
    static void stop() {
        tdengine.close();
    }

    static Stream<Arguments> wrongRules() {
        String into = "INSERT INTO tdengine.DB.plain (ts, temp, hum, clientid)\n";
        String from = "\nFROM \"devices/+/t\";";
        return Stream.of(
                // Syntax.
                rule(into + "SELCT payload.ts" + from, "2:1 ERROR"),
                rule(into + "SELECT 'x" + from, "2:8 ERROR This text has no closing '."),
                rule("SELECT 1;", "1:1 ERROR A query alone writes nothing."),
                // Names.
                rule(
                        "INSERT INTO tdengin.DB.plain (ts) SELECT payload.ts" + from,
                        "1:13 ERROR There is no connection 'tdengin'",
                        "Did you mean 'tdengine'?"),
                rule(
                        "INSERT INTO tdengine.nodb.plain (ts) SELECT payload.ts" + from,
                        "1:13 ERROR Connection 'tdengine' has no database 'nodb'."),
                rule(
                        "INSERT INTO tdengine.DB.plan (ts) SELECT payload.ts" + from,
                        "1:13 ERROR Database 'DB' of connection 'tdengine' has no table 'plan'.",
                        "Did you mean 'plain'?"),
                rule(
                        "INSERT INTO tdengine.DB.plain (ts, tmp, hmu) SELECT payload.ts, 1, 2"
                                + from,
                        "ERROR Column 'tmp' is not in table",
                        "Did you mean 'temp'?",
                        "ERROR Column 'hmu' is not in table",
                        "Did you mean 'hum'?"),
                rule(
                        into + "SELECT payload.ts, payload.temp, payload.hum, clientld" + from,
                        "2:47 ERROR There is no column 'clientld' in \"devices/+/t\". Did you mean 'clientid'?"),
                rule(
                        "-- schema: ts BIGINT, temp FLOAT\nINSERT INTO tdengine.DB.plain (ts, temp)\nSELECT payload.ts, payload.tmp"
                                + from,
                        "3:20 ERROR The payload of \"devices/+/t\" has no member 'tmp'; its members are ts, temp (declared by '-- schema:' in line 1 of ",
                        "Did you mean 'temp'?"),
                rule(
                        "INSERT INTO tdengine.DB.plain (ts) SELECT payload.ts FROM \"devices/#/t\";",
                        "ERROR Topic filter 'devices/#/t' is not valid: # stands alone and last"),
                rule(
                        into + "SELECT payload.ts, 1, 2, uper(clientid)" + from,
                        "2:26 ERROR There is no function 'uper'. Did you mean 'upper'?"),
                rule(
                        "-- schema: ts BIGINT, temp FLOAT, gps ROW<lat DOUBLE, lon DOUBLE>\n"
                                + into
                                + "SELECT now_timestam('second'), payload.tp, payload.gps.lt, clientd"
                                + from.replace(
                                        ";",
                                        "\nWHERE uper(topc) = 'A' AND x.temp > 3 AND payload.temp.x > 3 AND payload.temp > CAST(payload.gps.lat AS DUBLE)"
                                                + " AND clientid = \"d1\" AND clientid = 3;"),
                        "3:8 ERROR There is no function 'now_timestam'. Did you mean 'now_timestamp'?",
                        "3:32 ERROR The payload of \"devices/+/t\" has no member 'tp'; its members are ts, temp, gps (declared",
                        "3:44 ERROR 'payload.gps' has no member 'lt'; its members are lat, lon (declared",
                        "3:60 ERROR There is no column 'clientd' in \"devices/+/t\". Did you mean 'clientid'?",
                        "5:7 ERROR There is no function 'uper'. Did you mean 'upper'?",
                        "5:12 ERROR There is no column 'topc' in \"devices/+/t\". Did you mean 'topic'?",
                        "5:28 ERROR There is no column or table 'x' in \"devices/+/t\"; there are clientid, ",
                        "5:43 ERROR 'payload.temp' is FLOAT and has no members.",
                        "ERROR There is no type 'DUBLE'. Did you mean 'DOUBLE'?",
                        "ERROR There is no column 'd1': double quotes are for names. A text stands in single quotes: 'd1'."),
                rule(
                        "-- schema: temp FLOAT\n"
                                + into
                                + "SELECT received_at, a.payload.temp, o.tt, b.clientd FROM \"a/1\" AS a JOIN \"a/2\" AS b ON a.clientid = b.clientid JOIN (SELECT payload.tmp AS t FROM \"a/3\") AS o ON o.t > 3;",
                        "3:8 ERROR 'received_at' is a column of more than one table here. Write a.received_at or b.received_at.",
                        "ERROR There is no column 'tt'. Did you mean 't'?",
                        "ERROR There is no column 'clientd'. Did you mean 'clientid'?",
                        "ERROR The payload of \"a/3\" has no member 'tmp'; its members are temp"),
                rule(
                        "-- schema: temp FLOAT\nINSERT INTO tdengine.DB.plain (ts, temp)\nSELECT windw_start, AVG(payload.tmp) FROM TABLE(TUMBLE(TABLE \"a/1\", DESCRIPTOR(recieved_at), INTERVAL '10' SECOND)) GROUP BY window_start, window_ed;",
                        "3:8 ERROR There is no column 'windw_start' in \"a/1\". Did you mean 'window_start'?",
                        "3:25 ERROR The payload of \"a/1\" has no member 'tmp'",
                        "ERROR There is no column 'recieved_at' in \"a/1\". Did you mean 'received_at'?",
                        "ERROR There is no column 'window_ed' in \"a/1\". Did you mean 'window_end'?"),
                rule(
                        "INSERT INTO tdengine.DB.plain (ts, temp) SELECT payload.ts, payload.temp FROM devices;",
                        "There is no table 'devices'. A topic stands in double quotes: \"devices\"."),
                rule(
                        "INSERT INTO tdengine.DB.plain (ts, temp) SELECT payload.ts, payload.temp \"a/1\";",
                        "ERROR FROM is missing in front of \"a/1\". Write FROM."),
                rule(
                        "INSERT INTO tdengine.DB.plain (ts, temp) SELECT received_at, temp FROM \"a/1\";",
                        "ERROR There is no column 'temp' in \"a/1\"; there are clientid, ",
                        "A member of the payload is written payload.temp."),
                // What the planner says in words of its own.
                rule(
                        "INSERT INTO tdengine.DB.plain (ts, temp, clientid) SELECT MAX(received_at), AVG(payload.t), clientid"
                                + from,
                        "ERROR 'clientid' is neither in GROUP BY nor inside a function such as MAX. Add it to GROUP BY"),
                rule(
                        "-- schema: ts BIGINT, s STRING\nINSERT INTO tdengine.DB.plain (ts) SELECT payload.ts"
                                + from.replace(";", " WHERE payload.s = 3;"),
                        "3:26 ERROR payload.s is STRING and is compared with the number 3. Write '3' as a text, or CAST(payload.s AS DOUBLE)."),
                rule(
                        window("received_at", "10 SECOND"),
                        "ERROR The number of an interval stands in single quotes. Write INTERVAL '10' SECOND."),
                rule(
                        window("payload.ts", "'10' SECOND"),
                        "ERROR The time of a window is a column, and payload.ts is inside one. Write DESCRIPTOR(received_at)"),
                rule(
                        window("clientid", "'10' SECOND"),
                        "ERROR The time of a window is an event time, and clientid is STRING. Write DESCRIPTOR(received_at)"),
                rule(
                        window("received_at", "'10' SECOND").replace("TUMBLE", "TUMBEL"),
                        "ERROR There is no window function 'TUMBEL'; there are TUMBLE, HOP, CUMULATE, SESSION. Did you mean 'TUMBLE'?"),
                rule(
                        window("received_at", "'10' SECOND").replace("TABLE \"", "\""),
                        "ERROR A window function reads a table, and the word TABLE is missing. Write TABLE \"devices/+/t\"."),
                // Tables of the rule file.
                rule(
                        declared(
                                        "super-table",
                                        "meters",
                                        "n DOUBLE, t2 INT, site STRING, clientid STRING")
                                + "INSERT INTO own /*+ OPTIONS('sub-table' = 'd_${clientid}') */ (ts, n, t2, clientid) SELECT payload.ts, CAST(payload.n AS DOUBLE), 1, clientid"
                                + from,
                        "ERROR Column 't2' is not in super table 'DB.meters'",
                        "NOTE Column 'n' is INT and the query gives DOUBLE: a row with a fraction"),
                rule(
                        declared("table", "d1", "clientid STRING")
                                + "INSERT INTO own SELECT payload.ts, clientid"
                                + from,
                        "clientid",
                        "tag"),
                rule(
                        declared("table", "plan", "temp FLOAT")
                                + "INSERT INTO own SELECT payload.ts, payload.temp"
                                + from,
                        "2:13 ERROR The server has no table 'DB.plan', which table 'own' of the rule file stands for. Create it there first. Did you mean 'plain'?"),
                rule(
                        into + "SELECT now_timestamp('minute'), 1, 2, clientid" + from,
                        "2:8 ERROR",
                        "minute",
                        "'millisecond'"),
                rule(into + "SELECT payload.ts, nth('a', 'b'), 2, clientid" + from, "2:20 ERROR"),
                // Header lines.
                rule(
                        "-- shema: temp INT\n"
                                + into
                                + "SELECT payload.ts, payload.temp, 2, clientid"
                                + from,
                        "1:4 WARNING 'shema' is no key of a header, and the line is only a comment. Did you mean 'schema'?"),
                rule(
                        "-- time-unit: milisecond\n"
                                + into
                                + "SELECT payload.ts, 1, 2, clientid"
                                + from,
                        "1:15 ERROR This is no unit; allowed are 'second', 'millisecond', 'microsecond', 'nanosecond'. Did you mean 'millisecond'?"),
                rule(
                        "-- schema: temp DUBLE\n"
                                + into
                                + "SELECT payload.ts, payload.temp, 2, clientid"
                                + from,
                        "1:12 ERROR The schema is no list of members"),
                rule(
                        "-- format: jsn\n"
                                + into
                                + "SELECT payload.ts, payload.temp, 2, clientid"
                                + from,
                        "ERROR There is no format 'jsn'; there are ",
                        "json"),
                // Types.
                rule(
                        "INSERT INTO tdengine.DB.plain (ts, temp) SELECT payload.ts, clientid"
                                + from,
                        "ERROR Column 'temp' of the target is FLOAT and the query gives STRING ('clientid')."),
                rule(
                        "INSERT INTO tdengine.DB.plain (ts, temp) SELECT payload.ts, payload.a + 1"
                                + from
                                + "\nINSERT INTO tdengine.DB.plain (ts, clientid) SELECT payload.ts, payload.a"
                                + from.replace(";", "")
                                + ";",
                        "ERROR Member 'payload.a' is used as DOUBLE at"),
                rule(
                        "INSERT INTO tdengine.DB.plain (ts, temp) SELECT payload.ts" + from,
                        "1:1 ERROR The query gives 1 columns and the target takes 2: ts, temp."),
                // Values and columns.
                rule(
                        meters("payload.ts, payload.t, CAST(payload.x AS BIGINT), 300, 1"),
                        "NOTE Column 'n' is INT and the query gives BIGINT: a row with a value beyond -2147483648 to 2147483647 is a dead letter.",
                        "ERROR Column 't' is TINYINT and never takes 300; it holds -128 to 127."),
                rule(
                        meters(
                                "payload.ts, CAST(payload.t AS DOUBLE), CAST(payload.x AS DOUBLE), 1, 1"),
                        "NOTE Column 'temp' is FLOAT and the query gives DOUBLE: it keeps 7 digits",
                        "NOTE Column 'n' is INT and the query gives DOUBLE: a row with a fraction"),
                rule(
                        into + "SELECT payload.ts, 1, 2, 'nine long'" + from,
                        "2:26 ERROR Column 'clientid' is NCHAR(8) and never takes this text of 9 characters."),
                rule(
                        into + "SELECT payload.ts, 1, 2, CAST(clientid AS VARCHAR(20))" + from,
                        "2:26 NOTE Column 'clientid' is NCHAR(8) and the query gives VARCHAR(20)"),
                rule(
                        into
                                + "SELECT payload.ts, payload.h AS hum, payload.t AS temp, clientid"
                                + from,
                        "2:20 WARNING This is called 'hum' and goes into column 'temp': values go by place, not by name."),
                rule(
                        "INSERT INTO tdengine.DB.plain (temp, hum) SELECT payload.a, payload.b"
                                + from,
                        "1:13 ERROR Column 'ts' of table 'DB.plain' is part of the key and gets no value. Add it."),
                rule(
                        "INSERT INTO tdengine.DB.meters (ts, temp, clientid) SELECT payload.ts, payload.t, clientid"
                                + from,
                        "1:13 ERROR Sub-tables of super table 'DB.meters' are named by all their tags, and not all tags get a value."),
                rule(
                        "INSERT INTO tdengine.DB.d1 (ts, temp, clientid) SELECT payload.ts, payload.t, clientid"
                                + from,
                        "ERROR Column 'clientid' is a tag of sub-table"),
                rule(
                        "INSERT INTO tdengine.DB.levels (ts, level) SELECT payload.ts, payload.l"
                                + from,
                        "WARNING Tag 'level' is FLOAT and part of the sub-table's name"),
                // Keys.
                rule(
                        into + "SELECT now_timestamp('millisecond'), 1, 2, clientid" + from,
                        "2:8 WARNING Two messages in one millisecond are one row: all devices write this one table.",
                        "2:8 NOTE The time is that of the clock"),
                rule(
                        "INSERT INTO tdengine.DB.meters /*+ OPTIONS('sub-table' = 'all') */ (ts, temp)\nSELECT received_at, payload.t"
                                + from,
                        "2:8 WARNING Two messages in one millisecond are one row: the name of the sub-table is the same for all devices.",
                        "2:8 NOTE The time is that of the arrival"),
                rule(
                        into + "SELECT payload.ts, 1, 2, clientid\nFROM \"devices/t\";",
                        "2:26 NOTE clientid is NULL unless publishers set the user property 'clientid'"),
                // Options.
                rule(
                        "INSERT INTO tdengine.DB.meters /*+ OPTIONS('sub-tabel' = 'd') */ (ts) SELECT payload.ts"
                                + from,
                        "ERROR Connector 'tdengine' has no option 'sub-tabel'. Did you mean 'sub-table'?"),
                rule(
                        "INSERT INTO tdengine.DB.meters /*+ OPTIONS('sub-table' = 'd_${cid}') */ (ts) SELECT payload.ts"
                                + from,
                        "ERROR Option 'sub-table' is 'd_${cid}'"),
                rule(
                        "INSERT INTO tdengine.DB.plain /*+ OPTIONS('sink.dead-letter' = 'log') */ (ts) SELECT payload.ts"
                                + from,
                        "WARNING 'sink.dead-letter' is 'log', which voids the guarantee"),
                rule(
                        "CREATE TABLE t (ts TIMESTAMP_LTZ(3)) WITH ('connector' = 'tdengine', 'url' = 'http://localhost:1', 'databse' = 'x', 'table' = 'y');",
                        "ERROR Connector 'tdengine' has no option 'databse'. Did you mean 'database'?"),
                // Dialect of EMQX.
                rule(
                        "SET 'rule.dialect' = 'emqx';\nINSERT INTO tdengine.DB.plain\nSELECT lowr(clientd) as clientid, payload.t as temp FROM \"a/+\" WHERE tmp > 3 and uper(topic) = 'A'",
                        "3:8 ERROR There is no function 'lowr'. Did you mean 'lower'?",
                        "3:13 WARNING Nothing is called 'clientd', so it is always undefined. Did you mean 'clientid'?",
                        "WARNING Nothing is called 'tmp', so it is always undefined. Did you mean 'temp'?",
                        "ERROR There is no function 'uper'. Did you mean 'upper'?"),
                rule(
                        "SET 'rule.dialect' = 'emqx';\nINSERT INTO tdengine.DB.plain\nSELECT uper(clientid) as clientid FROM \"a/+\"",
                        "3:8 ERROR There is no function 'uper'. Did you mean 'upper'?"),
                rule(
                        "SET 'rule.dialect' = 'emqx';\nINSERT INTO tdengine.DB.plain\nSELECT now_timestamp('millisecond') as ts, clientid FROM \"a/+\"",
                        "3:8 WARNING Two messages in one millisecond are one row"));
    }

    private static String window(String time, String size) {
        return "INSERT INTO tdengine.DB.plain (ts, temp) SELECT window_start, AVG(payload.t) FROM TABLE(TUMBLE(TABLE \"devices/+/t\", DESCRIPTOR(%s), INTERVAL %s)) GROUP BY window_start, window_end;"
                .formatted(time, size);
    }

    private static String declared(String option, String table, String columns) {
        return "CREATE TABLE own (ts TIMESTAMP_LTZ(3), %s) WITH ('connector' = 'tdengine', 'url' = 'URL', 'username' = 'USER', 'password' = 'PASSWORD', 'database' = 'DB', '%s' = '%s');\n"
                .formatted(columns, option, table);
    }

    private static String meters(String query) {
        return "INSERT INTO tdengine.DB.meters /*+ OPTIONS('sub-table' = 'd_${clientid}') */\n"
                + "  (ts, temp, n, t, b, clientid)\n"
                + "SELECT "
                + query
                + ", clientid FROM \"devices/+/t\";";
    }

    private static Arguments rule(String sql, String... expected) {
        return Arguments.of(sql, List.of(expected));
    }

    @ParameterizedTest
    @MethodSource("wrongRules")
    void saysWhatIsWrongAndWhere(String sql, List<String> expected) throws IOException {
        List<String> found = found(check(Map.of(), false, sql));

        for (String part : expected) {
            assertThat(String.join("\n", found)).contains(part.replace(DB, database));
        }
    }

    @Test
    void aRuleThatIsRightHasNoProblems() throws IOException {
        RuleCheck check =
                check(
                        Map.of("username", "u", "password", "${env.NOT_SET}"),
                        false,
                        """
                        -- name: readings
                        -- description: What devices say.
                        INSERT INTO tdengine.DB.meters /*+ OPTIONS('sub-table' = 'd_${clientid}') */
                          (ts, temp, n, clientid)
                        SELECT payload.ts, payload.temp, payload.n, clientid
                        FROM "devices/+/t" WHERE payload.temp > -90;
                        """);

        assertThat(found(check)).isEmpty();
        assertThat(check.unreachable()).isEmpty();
        assertThat(check.rules())
                .singleElement()
                .satisfies(
                        rule -> {
                            assertThat(rule.name()).isEqualTo("readings");
                            assertThat(rule.description()).isEqualTo("What devices say.");
                            assertThat(rule.line()).isEqualTo(3);
                            assertThat(rule.topics()).containsExactly("devices/+/t");
                            assertThat(rule.target()).isEqualTo("tdengine." + database + ".meters");
                        });
        assertThat(check.explain()).contains("== Optimized Execution Plan ==");
        assertThat(check.topics())
                .singleElement()
                .satisfies(
                        topic ->
                                assertThat(topic.ddl())
                                        .startsWith(
                                                "CREATE TEMPORARY TABLE `devices/+/t` (\n  payload ROW<`ts` BIGINT, `temp` FLOAT, `n` INT>,\n")
                                        .contains("clientid STRING METADATA VIRTUAL")
                                        .contains("'password' = '${env.NOT_SET}'")
                                        .contains("'client-id.prefix' = 'rule-sql'")
                                        .endsWith(");"));
    }

    @Test
    void theTableOfATopicCanBePasted() throws IOException {
        RuleCheck check =
                check(
                        Map.of("username", "u", "password", "secret"),
                        true,
                        "INSERT INTO tdengine.DB.x (ts) SELECT payload.`a b`.c + 1.5\nFROM \"devices/+/t\" WHERE received_at IS NOT NULL;");
        String ddl = check.topics().get(0).ddl();
        assertThat(ddl).contains("'password' = '***'").doesNotContain("secret");

        RuleJob job =
                RuleJob.prepare(
                        Settings.empty(),
                        List.of(
                                Files.writeString(
                                        folder.resolve("pasted.sql"),
                                        ddl.replace("devices/+/t", "t")
                                                        .replace(
                                                                "'topic' = 't'",
                                                                "'topic' = 'devices/+/t'")
                                                + "\nCREATE TABLE b (x DOUBLE) WITH ('connector' = 'blackhole');"
                                                + "\nINSERT INTO b SELECT payload.`a b`.c FROM t;")),
                        new Configuration());
        assertThat(job.explain()).contains("TableSourceScan");
    }

    @Test
    void oneWrongRuleHidesNoOther() throws IOException {
        RuleCheck check =
                check(
                        Map.of("colour", "red"),
                        false,
                        """
                        INSERT INTO tdengine.DB.nowhere (ts) SELECT clientld FROM "a/+";
                        CREATE VIEW v AS SELECT nothing FROM nowhere;
                        INSERT INTO tdengine.DB.plain (ts, temp) SELECT payload.ts, x FROM v;
                        INSERT INTO tdengine.DB.plain (ts, tmp) SELECT payload.ts, 1 FROM "b/+";
                        """);

        assertThat(found(check))
                .as("the connection 'mqtt' is wrong, so what reads topics is not judged")
                .anySatisfy(
                        found ->
                                assertThat(found)
                                        .startsWith(
                                                "0:0 ERROR Connection 'mqtt' has no option 'colour'"))
                .anySatisfy(found -> assertThat(found).startsWith("1:13 ERROR Database"))
                .anySatisfy(found -> assertThat(found).startsWith("2:"))
                .anySatisfy(
                        found ->
                                assertThat(found)
                                        .startsWith("3:1 NOTE Rule 'rule-2' needs 'v' (")
                                        .contains("rule.sql:2:1)"))
                .anySatisfy(found -> assertThat(found).matches("4:\\d+ ERROR Column 'tmp'.*"));
        assertThat(found(check)).noneMatch(found -> found.contains("no connection of type 'mqtt'"));

        assertThat(
                        found(
                                check(
                                        Map.of(),
                                        false,
                                        "INSERT INTO tdengine.DB.nowhere (ts) SELECT clientld FROM \"a/+\";")))
                .as("a target that is wrong hides no error of the query")
                .anySatisfy(found -> assertThat(found).startsWith("1:13 ERROR"))
                .anySatisfy(found -> assertThat(found).contains("no column 'clientld'"));

        assertThat(
                        found(
                                check(
                                        Map.of(),
                                        false,
                                        "INSERT INTO tdengine.DB.plain (ts, temp) SELECT payload.ts, zzzzzz + 1 FROM \"a/+\" WHERE yyyyyy;")))
                .as("what hides a wrong name is no mistake of the author's")
                .hasSize(2)
                .allMatch(found -> found.contains("There is no column"));
    }

    @Test
    void nothingIsChangedAtTheServer() throws IOException {
        RuleCheck check =
                check(
                        Map.of(),
                        false,
                        """
                        CREATE DATABASE tdengine.made_by_check;
                        CREATE TABLE tdengine.DB.made (ts TIMESTAMP_LTZ(3), x INT);
                        INSERT INTO tdengine.DB.made (ts, x) SELECT payload.ts, payload.x FROM "a/+";
                        """);

        assertThat(check.count(Severity.ERROR)).as("%s", found(check)).isZero();
        assertThat(tdengine.rows("SHOW DATABASES").toString()).doesNotContain("made_by_check");
        assertThat(tdengine.rows("SHOW %s.TABLES".formatted(database)).toString())
                .doesNotContain("made");
    }

    @Test
    void withoutAServerAllElseIsChecked() throws IOException {
        String sql =
                """
                INSERT INTO tdengine.plant.thing /*+ OPTIONS('sink.batch.max-rows' = '0') */ (ts, temp)
                SELECT payload.ts, payload.temp FROM "a/+";
                -- schema: t FLOAT
                INSERT INTO tdengine.plant.other (ts, temp) SELECT received_at, payload.x FROM "b/+";
                INSERT INTO tdengine.plant.third (ts) SELECT received_at FROM "c/+";
                """;
        RuleCheck offline = check(Map.of(), true, sql);
        assertThat(offline.unreachable()).isEmpty();
        assertThat(String.join("\n", found(offline)))
                .contains("ERROR Option 'sink.batch.max-rows' is 0")
                .contains("The payload of \"b/+\" has no member 'x'; its members are t ")
                .as("a time of the arrival is known without the table")
                .contains("5:46 NOTE The time is that of the arrival");
        assertThat(offline.topics())
                .extracting(PlannedTopic::assumed)
                .containsExactly(List.of("payload.ts", "payload.temp"), List.of(), List.of());

        Settings settings =
                settings(Map.of()).withConnection("tdengine", Map.of("url", "http://localhost:1"));
        RuleCheck away = check(settings, false, sql);
        assertThat(away.unreachable())
                .singleElement()
                .asString()
                .contains("cannot read from TDengine at")
                .doesNotContain(tdengine.password());
        assertThat(found(away)).isEqualTo(found(offline));
    }

    @Test
    void aTopicThatIsNearlyADeclaredOneIsDoubted() throws IOException {
        Settings declared =
                Settings.read(
                        Files.writeString(
                                folder.resolve("millrace.yaml"),
                                """
                                connections:
                                  mqtt: {type: mqtt, url: "tcp://localhost:1"}
                                topics:
                                  "plant/line1/temp_hum": {columns: {temp: FLOAT}}
                                """));
        String sql =
                "CREATE TABLE b (x FLOAT) WITH ('connector' = 'blackhole');\n"
                        + "INSERT INTO b SELECT payload.temp FROM \"plant/line1/tmp_hum\";\n"
                        + "INSERT INTO b SELECT payload.temp FROM \"plant/line2/temp_hum\";";

        assertThat(found(check(declared, false, sql)))
                .containsExactly(
                        "2:41 WARNING The settings declare no topic 'plant/line1/tmp_hum'. Did you mean 'plant/line1/temp_hum'?");

        assertThat(
                        found(
                                check(
                                        declared,
                                        false,
                                        "SET 'rule.dialect' = 'emqx';\nINSERT INTO tdengine.DB.plain\nSELECT payload.ts as ts, payload.tmp as temp FROM \"plant/line1/temp_hum\"")))
                .as("members that the settings do not declare")
                .contains(
                        "3:26 WARNING The settings declare no member 'tmp' of \"plant/line1/temp_hum\"; there are temp. Did you mean 'temp'?");
    }

    private RuleCheck check(Map<String, String> mqtt, boolean offline, String sql)
            throws IOException {
        return check(settings(mqtt), offline, sql);
    }

    private RuleCheck check(Settings settings, boolean offline, String sql) throws IOException {
        String text =
                sql.replace(DB, database)
                        .replace("'URL'", "'" + tdengine.restUrl() + "'")
                        .replace("'USER'", "'" + tdengine.username() + "'")
                        .replace("'PASSWORD'", "'" + tdengine.password() + "'");
        Path file = Files.writeString(folder.resolve("rule.sql"), text);
        return RuleCheck.of(settings, List.of(file), new Configuration(), offline);
    }

    private static Settings settings(Map<String, String> mqtt) {
        return Settings.empty()
                .withConnection(
                        "mqtt",
                        Map.of(
                                "type", "mqtt",
                                "url", "tcp://localhost:1",
                                "scan.dead-letter", "file:/tmp/x"))
                .withConnection("mqtt", mqtt)
                .withConnection(
                        "tdengine",
                        Map.of(
                                "type", "tdengine",
                                "url", tdengine.restUrl(),
                                "username", tdengine.username(),
                                "password", tdengine.password(),
                                "sink.dead-letter", "file:/tmp/x"));
    }

    private static List<String> found(RuleCheck check) {
        return check.problems().stream()
                .map(
                        p ->
                                "%d:%d %s %s"
                                        .formatted(
                                                p.line(), p.column(), p.severity(), p.sentences()))
                .toList();
    }
}
