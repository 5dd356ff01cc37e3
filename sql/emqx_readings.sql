-- name: emqx_readings
-- description: A gateway sends the readings of many devices in one message; EMQX's FOREACH makes a row of each.
--
-- The payload is JSON such as {"readings": [{"id": "d7", "ts": 1764000000000, "temp": 23.5, "hum": 61}]}.
-- The sub-table of device d7 is d_d7; it is made when the first row comes.
-- time-unit: millisecond
SET 'rule.dialect' = 'emqx';
INSERT INTO tdengine.iot_data.readings /*+ OPTIONS('sub-table' = 'd_${clientid}') */
FOREACH payload.readings as r
DO r.ts as ts, r.temp as temp, r.hum as hum, r.id as clientid
INCASE is_num(r.temp)
FROM "gateways/+/readings", "gateways/+/repeated";
