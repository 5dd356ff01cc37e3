-- name: temp_hum
-- description: Temperature and humidity, one row a message, a sub-table for each device.
-- schema: temp FLOAT, hum FLOAT
-- format: json
-- time-unit: millisecond
--
-- The payload is JSON such as {"temp": 23, "hum": 90}. clientid is the level of the topic that the
-- + stands for: a message to devices/d1/temp_hum goes into the sub-table d_d1, which is made with
-- its first row. The time is that of the clock, in nanoseconds, so that no two rows of a device have
-- the same: the second would overwrite the first.
INSERT INTO tdengine.iot_data.readings /*+ OPTIONS('sub-table' = 'd_${clientid}') */
  (ts, temp, hum, clientid)
SELECT now_timestamp('nanosecond') AS ts, payload.temp AS temp, payload.hum AS hum, clientid
FROM "devices/+/temp_hum";
