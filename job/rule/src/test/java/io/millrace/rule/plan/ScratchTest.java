package io.millrace.rule.plan;

import io.millrace.rule.*;
import java.nio.file.*;
import java.util.*;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.graph.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir Path folder;
    @Test void x() throws Exception {
        Path f = Files.writeString(folder.resolve("r.sql"), """
CREATE TEMPORARY TABLE target (ts TIMESTAMP_LTZ(6), temp DOUBLE, name STRING) WITH ('connector'='blackhole');
CREATE TEMPORARY TABLE target2 (ts TIMESTAMP_LTZ(6), temp DOUBLE, name STRING) WITH ('connector'='blackhole');
-- name: plain
INSERT INTO target (temp,name) SELECT payload.temp, clientid FROM "devices/+/t" WHERE payload.temp > 20;
-- name: averages
INSERT INTO target (ts, temp, name) SELECT window_start, AVG(payload.temp * 2), clientid FROM TABLE(TUMBLE(TABLE "devices/+/t", DESCRIPTOR(received_at), INTERVAL '1' MINUTE)) WHERE payload.temp > 3 GROUP BY window_start, window_end, clientid;
-- name: old
INSERT INTO target2 (ts, temp, name) SELECT TUMBLE_START(received_at, INTERVAL '10' SECOND), MAX(payload.temp), clientid FROM "devices/+/t" GROUP BY TUMBLE(received_at, INTERVAL '10' SECOND), clientid;
-- name: joined
INSERT INTO target2 (temp, name) SELECT a.payload.temp + b.payload.hum, a.clientid FROM "devices/+/t" a JOIN "devices/+/u" b ON a.clientid = b.clientid AND a.received_at BETWEEN b.received_at - INTERVAL '5' SECOND AND b.received_at WHERE a.payload.temp > 7;
-- name: over
INSERT INTO mqtt.`default`.`alerts/x` SELECT CAST(SUM(payload.temp) OVER (PARTITION BY clientid ORDER BY received_at ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS STRING) FROM "devices/+/t";
-- name: em
SET 'rule.dialect' = 'emqx';
INSERT INTO target (temp, name) SELECT payload.temp as temp, clientid as name FROM "devices/+/t" WHERE payload.temp > 20;
""");
        Settings s = Settings.empty().withJobName("job").withConnection("mqtt", Map.of("type","mqtt","url","tcp://localhost:1883"));
        RuleJob job = RuleJob.prepare(s, List.of(f), Configuration.fromMap(Map.of("execution.checkpointing.interval","1 s")));
        job.operators().forEach(System.out::println);
    }
}
