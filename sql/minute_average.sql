-- name: minute_average
-- description: The average and the highest temperature of every device in each minute.
--
-- A window closes when a message of a later minute arrives.
INSERT INTO tdengine.iot_data.minute_average (ts, avg_temp, max_temp, messages, clientid)
SELECT window_start, AVG(payload.temp), MAX(payload.temp), COUNT(*), clientid
FROM TABLE(TUMBLE(TABLE "devices/+/minute", DESCRIPTOR(received_at), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end, clientid;
