-- name: averages
-- description: The average and the highest temperature of every device in each ten seconds.
--
-- A window closes when the first message after it arrives.
INSERT INTO tdengine.iot_data.averages (ts, avg_temp, max_temp, messages, clientid)
SELECT window_start, AVG(payload.temp), MAX(payload.temp), COUNT(*), clientid
FROM TABLE(TUMBLE(TABLE "devices/+/temp", DESCRIPTOR(received_at), INTERVAL '10' SECOND))
GROUP BY window_start, window_end, clientid;
