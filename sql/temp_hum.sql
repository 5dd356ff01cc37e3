-- Temperature and humidity of all devices, one row a message.
INSERT INTO tdengine.iot_data.temp_hum (ts, temp, hum, clientid)
SELECT now_timestamp('millisecond') as ts, payload.temp as temp, payload.hum as hum, clientid
FROM "devices/temp_hum";
