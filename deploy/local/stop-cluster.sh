#!/bin/sh
# Stops the cluster that start-cluster.sh started, by the process numbers that it noted.
# Jobs are not stopped with a savepoint: 'millrace stop NAME' does that, before.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
pids=${MILLRACE_CLUSTER:-${XDG_STATE_HOME:-$HOME/.local/state}/millrace/cluster}/pids
if ! ls "$pids"/*.pid >/dev/null 2>&1; then
  echo "No cluster was started here: there are no process numbers in $pids."
  exit 0
fi
# shellcheck source=environment.sh
. "$here/environment.sh"

"$FLINK_HOME/bin/taskmanager.sh" stop-all
"$FLINK_HOME/bin/jobmanager.sh" stop-all
