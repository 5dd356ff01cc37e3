-- The table that sql/temp_hum.sql writes. Create it with: millrace sql schema.sql
CREATE DATABASE IF NOT EXISTS iot_data PRECISION 'ns';
CREATE STABLE IF NOT EXISTS iot_data.readings (ts TIMESTAMP, temp FLOAT, hum FLOAT)
  TAGS (clientid NCHAR(64));
