#!/bin/sh
# Runs in the container 'tdengine-setup'. Called again, it changes nothing.
set -eu

password=$(cat /run/secrets/tdengine-password)
root=$(cat /run/secrets/tdengine-root-password)

# The first time root has the password that TDengine comes with.
sql() {
  taos -h tdengine -p"$root" "$@" || taos -h tdengine -ptaosdata "$@"
}

sql -f /schema.sql
sql -s "CREATE USER millrace PASS '$password'" || true
sql -s "ALTER USER millrace PASS '$password'"
sql -s "GRANT ALL ON iot_data.* TO millrace"
sql -s "ALTER USER root PASS '$root'"
