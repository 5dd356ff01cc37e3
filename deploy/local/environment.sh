# shellcheck shell=sh
# What start-cluster.sh and stop-cluster.sh have in common; read by them, not run.
#
#   FLINK_HOME         a distribution of Flink; fetched if not set
#   MILLRACE_CLUSTER   the cluster's folder, absolute; ~/.local/state/millrace/cluster if not set

cluster=${MILLRACE_CLUSTER:-${XDG_STATE_HOME:-$HOME/.local/state}/millrace/cluster}
FLINK_HOME=${FLINK_HOME:-$("$here/fetch-flink.sh")} || exit 1
FLINK_CONF_DIR=$cluster/conf
FLINK_LOG_DIR=$cluster/log
FLINK_PID_DIR=$cluster/pids
# Part of the names of pid files, so that nothing but this cluster is ever stopped.
FLINK_IDENT_STRING=millrace
export FLINK_HOME FLINK_CONF_DIR FLINK_LOG_DIR FLINK_PID_DIR FLINK_IDENT_STRING

[ -x "$FLINK_HOME/bin/jobmanager.sh" ] || {
  echo "There is no Flink in $FLINK_HOME (FLINK_HOME)." >&2
  exit 1
}
