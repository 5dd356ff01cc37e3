-- The tables that the rules in sql/ write. Run with: taos -f schema.sql
CREATE DATABASE IF NOT EXISTS iot_data PRECISION 'ms';
CREATE TABLE IF NOT EXISTS iot_data.temp_hum (ts TIMESTAMP, temp FLOAT, hum FLOAT, clientid NCHAR(64));
CREATE STABLE IF NOT EXISTS iot_data.readings (ts TIMESTAMP, temp FLOAT, hum FLOAT) TAGS (clientid NCHAR(64));
CREATE STABLE IF NOT EXISTS iot_data.averages (ts TIMESTAMP, avg_temp DOUBLE, max_temp FLOAT, messages BIGINT) TAGS (clientid NCHAR(64));
