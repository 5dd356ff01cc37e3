-- name: device_readings
-- description: Readings of every device in a sub-table of its own, with the time that the device gave.
--
-- The payload is JSON such as {"ts": 1764000000000, "temp": 23.5, "hum": 61}; ts is in milliseconds.
-- clientid is the topic level that the + stands for. The sub-table of device d7 is d_d7; it is made
-- when the first row comes. A repeated message has the same time and overwrites itself.
-- time-unit: millisecond
INSERT INTO tdengine.iot_data.readings /*+ OPTIONS('sub-table' = 'd_${clientid}') */
  (ts, temp, hum, clientid)
SELECT payload.ts, payload.temp, payload.hum, clientid
FROM "devices/+/readings"
WHERE payload.temp > -90;
