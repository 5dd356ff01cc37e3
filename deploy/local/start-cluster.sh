#!/bin/sh
# Starts a Flink cluster on this machine: a JobManager and, if not told otherwise, one TaskManager.
# Usage: start-cluster.sh [NUMBER-OF-TASKMANAGERS]
# If it runs already, it starts what of that is missing.
# It listens on localhost only; the ports and all else are in the folder's conf/config.yaml after the first start.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=environment.sh
. "$here/environment.sh"

count=${1:-1}
case $count in
  '' | *[!0-9]* | 0)
    echo "Number of TaskManagers is '$count'; allowed is 1 and more." >&2
    exit 2
    ;;
esac

mkdir -p "$FLINK_CONF_DIR" "$FLINK_LOG_DIR" "$FLINK_PID_DIR"
if [ ! -e "$FLINK_CONF_DIR/config.yaml" ]; then
  sed "s|@CLUSTER@|$cluster|g" "$here/config.yaml" >"$FLINK_CONF_DIR/config.yaml"
  cp "$FLINK_HOME"/conf/log4j*.properties "$FLINK_CONF_DIR"
  # Three lines for each checkpoint, five times a second, are of no use.
  cat >>"$FLINK_CONF_DIR/log4j.properties" <<'EOF'

logger.checkpoints.name = org.apache.flink.runtime.checkpoint.CheckpointCoordinator
logger.checkpoints.level = WARN
logger.failures.name = org.apache.flink.runtime.checkpoint.CheckpointFailureManager
logger.failures.level = WARN
logger.sources.name = org.apache.flink.runtime.source.coordinator.SourceCoordinator
logger.sources.level = WARN
EOF
fi

# How many processes of a kind run. Forgets those that were killed, whose numbers others may have by now.
running() {
  pids=$FLINK_PID_DIR/flink-$FLINK_IDENT_STRING-$1.pid
  [ -f "$pids" ] || : >"$pids"
  while read -r pid; do
    if kill -0 "$pid" 2>/dev/null; then echo "$pid"; fi
  done <"$pids" >"$pids.alive"
  mv "$pids.alive" "$pids"
  wc -l <"$pids"
}

missing=$((count - $(running taskexecutor)))
if [ "$(running standalonesession)" -gt 0 ]; then
  if [ "$missing" -le 0 ]; then
    echo "The cluster in $cluster is running already; stop-cluster.sh stops it." >&2
    exit 1
  fi
else
  "$FLINK_HOME/bin/jobmanager.sh" start
fi
while [ "$missing" -gt 0 ]; do
  "$FLINK_HOME/bin/taskmanager.sh" start
  missing=$((missing - 1))
done

port=$(sed -n '/^rest:/,/^[^ ]/s/^  port: *//p' "$FLINK_CONF_DIR/config.yaml")
echo "Logs are in $FLINK_LOG_DIR. The web page will be at http://localhost:${port:-8081} in some seconds."
