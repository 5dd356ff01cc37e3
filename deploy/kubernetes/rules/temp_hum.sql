-- name: temp_hum
-- description: Temperature and humidity of every device, one row a message.
--
-- The payload is JSON such as {"temp": 23.5, "hum": 61}. Its members' types come from the
-- target's columns. Two messages in one millisecond are one row in this plain table: with many
-- devices use a super table, as in device_readings.sql.
INSERT INTO tdengine.iot_data.temp_hum (ts, temp, hum, clientid)
SELECT now_timestamp('millisecond') as ts, payload.temp as temp, payload.hum as hum, clientid
FROM "devices/temp_hum";
