#!/bin/sh
# Lays out Flink's distribution in the user's cache and prints its folder, for FLINK_HOME.
# The distribution comes from Python's package index, as two wheels that complete each other, and from Maven's
# repository (the SQL gateway, which the wheels lack): whatever their clients are set up to use, mirrors too.
# Needs python3 with pip, and mvn. Called again, it finds what is there.
#
#   FLINK_VERSION    2.3.0 if not set
#   MILLRACE_CACHE   where to keep it; ~/.cache/millrace if not set
set -eu

version=${FLINK_VERSION:-2.3.0}
cache=${MILLRACE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/millrace}
home=$cache/flink-$version

say() {
  echo "$*" >&2
}

fail() {
  say "fetch-flink.sh: $*"
  exit 1
}

# Whether a folder holds all of the distribution, of this version.
is_complete() {
  for part in lib/flink-dist-$version.jar lib/flink-table-planner-loader-$version.jar \
    opt/flink-sql-client-$version.jar opt/flink-sql-gateway-$version.jar \
    bin/flink bin/jobmanager.sh bin/config.sh conf/config.yaml; do
    [ -s "$1/$part" ] || return 1
  done
}

# Runs a command up to three times: registries and networks have bad moments.
persistently() {
  for pause in 5 20 last; do
    if "$@" >&2; then
      return 0
    fi
    [ "$pause" = last ] || {
      say "That failed; once more in $pause s."
      sleep "$pause"
    }
  done
  return 1
}

if is_complete "$home"; then
  echo "$home"
  exit 0
fi
[ ! -e "$home" ] || fail "$home is there but not whole. Remove it and call this again."
command -v python3 >/dev/null || fail "python3 is missing (apt-get install python3 python3-pip)."
command -v mvn >/dev/null || fail "mvn is missing (apt-get install maven)."

mkdir -p "$cache"
work=$(mktemp -d "$cache/.flink-$version.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

if python3 -m pip --version >/dev/null 2>&1; then
  python=python3
elif python3 -m venv "$work/python" >/dev/null 2>&1; then
  python=$work/python/bin/python
else
  fail "python3 has no pip (apt-get install python3-pip)."
fi

say "Fetching Flink $version (330 MB) into $cache …"
# Scripts and jars are the same in the wheels of all platforms; one platform's is there for sure.
persistently "$python" -m pip download --quiet --disable-pip-version-check --retries 5 --no-deps --only-binary=:all: \
  --python-version 3.11 --implementation cp --abi cp311 --platform manylinux2014_x86_64 \
  --dest "$work/wheels" "apache-flink==$version" ||
  fail "pip could not download apache-flink $version; its messages are above."
persistently "$python" -m pip download --quiet --disable-pip-version-check --retries 5 --no-deps \
  --dest "$work/wheels" "apache-flink-libraries==$version" ||
  fail "pip could not download apache-flink-libraries $version; its messages are above."

python3 - "$work" <<'EOF' || fail "The wheels could not be unpacked."
import glob, os, sys, zipfile

work = sys.argv[1]
for wheel in glob.glob(work + "/wheels/apache_flink*.whl"):
    libraries = "apache_flink_libraries-" in wheel
    wanted = ("bin", "lib", "opt", "plugins", "licenses", "LICENSE", "NOTICE") if libraries else ("bin", "conf")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(work, [n for n in archive.namelist()
                                  if n.startswith("pyflink/") and n.split("/")[1] in wanted])
for script in glob.glob(work + "/pyflink/bin/*"):
    os.chmod(script, 0o755)
os.makedirs(work + "/pyflink/log", exist_ok=True)
EOF

fetch_gateway() {
  (cd "$work" && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
    -Dartifact="org.apache.flink:flink-sql-gateway:$version" -DoutputDirectory="$work/pyflink/opt" -Dmdep.useBaseVersion=true)
}
persistently fetch_gateway || fail "Maven could not fetch flink-sql-gateway $version; its messages are above."

is_complete "$work/pyflink" || fail "What was fetched is not a whole Flink $version."
# In one step, so that nobody sees half of it; a second one that was fetched meanwhile is as good.
mv "$work/pyflink" "$work/flink-$version"
python3 -c 'import os, sys; os.rename(sys.argv[1], sys.argv[2])' "$work/flink-$version" "$home" 2>/dev/null ||
  is_complete "$home" || fail "$home could not be created."
echo "$home"
