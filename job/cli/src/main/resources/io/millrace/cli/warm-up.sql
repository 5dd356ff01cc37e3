-- Nothing of this runs; planning it makes the JVM load what planning needs.
CREATE TABLE readings (ts TIMESTAMP_LTZ(3), temp DOUBLE, hum FLOAT, clientid STRING) WITH ('connector' = 'blackhole');
CREATE TABLE averages (ts TIMESTAMP(3), temp DOUBLE, messages BIGINT, clientid STRING) WITH ('connector' = 'blackhole');

INSERT INTO readings (ts, temp, hum, clientid)
SELECT now_timestamp('millisecond') AS ts, payload.temp AS temp, payload.hum AS hum, clientid
FROM "devices/temp_hum"
WHERE payload.temp > -50;

INSERT INTO averages
SELECT window_start, AVG(payload.temp), COUNT(*), clientid
FROM TABLE(TUMBLE(TABLE "devices/+/temp", DESCRIPTOR(received_at), INTERVAL '10' SECOND))
GROUP BY window_start, window_end, clientid;

SET 'rule.dialect' = 'emqx';
INSERT INTO readings
SELECT now_timestamp('millisecond') as ts, payload.temp as temp, payload.hum as hum, clientid
FROM "devices/+/temp_hum"
WHERE payload.temp > 0;
