#!/bin/sh
# Makes the secrets that compose.yaml mounts, once: random words that only the owner can read, in ./secrets.
# Passwords that exist already are kept.
set -eu

cd "$(dirname "$0")"
umask 077
mkdir -p secrets
chmod 0700 secrets
for name in mqtt-password tdengine-password tdengine-root-password grafana-password; do
  if [ ! -s "secrets/$name" ]; then
    # TDengine wants upper case, lower case and digits, and 16 characters at most.
    printf 'Aa1%s' "$(LC_ALL=C tr -dc A-Za-z0-9 </dev/urandom | head -c 13)" >"secrets/$name"
  fi
done
printf 'user_id,password,is_superuser\nmillrace,%s,false\n' "$(cat secrets/mqtt-password)" >secrets/mqtt-users.new
mv -f secrets/mqtt-users.new secrets/mqtt-users
# Containers read them as users of their own; on this machine nobody else gets into the folder.
chmod 0444 secrets/*
