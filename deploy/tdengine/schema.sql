-- The tables that the rules in sql/ write. Run with: taos -f schema.sql
--
-- What matters of the database (!), since it can hardly be changed later:
-- PRECISION (!): the unit of all times; rows of one table with the same time are one row. 'us' or 'ns' for devices that
--   send more than once in a millisecond. Cannot be changed.
-- VGROUPS (!): parts that work beside each other; twice the number of cores that TDengine has. Cannot be made fewer.
-- KEEP: rows that are older are deleted, and those that come too old are refused: a dead letter.
-- WAL_LEVEL 2 with WAL_FSYNC_PERIOD 0: what TDengine has acknowledged survives a power cut, too. With the default a power
--   cut takes up to 3 s of rows that Millrace has already reported to the broker. It costs a sync for each batch; with
--   REPLICA 3 on three machines it is not needed.
CREATE DATABASE IF NOT EXISTS iot_data PRECISION 'ms' VGROUPS 4 KEEP 3650d WAL_LEVEL 2 WAL_FSYNC_PERIOD 0;
CREATE TABLE IF NOT EXISTS iot_data.temp_hum (ts TIMESTAMP, temp FLOAT, hum FLOAT, clientid NCHAR(64));
CREATE STABLE IF NOT EXISTS iot_data.readings (ts TIMESTAMP, temp FLOAT, hum FLOAT) TAGS (clientid NCHAR(64));
CREATE STABLE IF NOT EXISTS iot_data.averages (ts TIMESTAMP, avg_temp DOUBLE, max_temp FLOAT, messages BIGINT) TAGS (clientid NCHAR(64));
