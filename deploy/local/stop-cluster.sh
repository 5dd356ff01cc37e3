#!/bin/sh
# Stops the cluster that start-cluster.sh started, by the process numbers that it noted.
# Jobs are not stopped with a savepoint: 'millrace stop NAME' does that, before.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=environment.sh
. "$here/environment.sh"

"$FLINK_HOME/bin/taskmanager.sh" stop-all
"$FLINK_HOME/bin/jobmanager.sh" stop-all
