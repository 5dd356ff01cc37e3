-- name: emqx_temp_hum
-- description: A rule as it stands in EMQX, behind INSERT INTO: temperature and humidity, one row a message.
--
-- Outputs go into the columns of their names. The payload is JSON such as {"temp": 23.5, "hum": 61};
-- a message that is no JSON is a dead letter.
SET 'rule.dialect' = 'emqx';
INSERT INTO tdengine.iot_data.temp_hum
SELECT
  publish_received_at as ts,
  payload.temp as temp,
  payload.hum as hum,
  nth(2, split(topic, '/')) as clientid
FROM "sites/+/temp_hum"
WHERE payload.temp > -90;
