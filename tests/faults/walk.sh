#!/usr/bin/env bash
# The cluster of the README on this machine: three silos, one of them killed under load, and the same result as one process.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$(mktemp -d)
grid() { dotnet "$root/src/ScenarioGrid.Cli/bin/Release/net10.0/ScenarioGrid.Cli.dll" "$@"; }
end() {
  (cd "$work" && grid cluster down >/dev/null 2>&1) || true
  rm -rf "$work"
}
trap end EXIT
cd "$work"
grid cluster up --silos 3 | tee up
id=$(grid submit "$root/examples/coupled-crisis.yaml" --paths 64 --no-wait)
victim=$(sed -n 's/^silo 2 *pid \([0-9]*\).*/\1/p' up)
for _ in $(seq 600); do
  grid cluster status -o json | grep -q "$id cell" && break
done
kill -9 "$victim"
echo "silo 2 (pid $victim) is killed"
grid wait "$id" --timeout 5m
grid show "$id" --cluster local
grid report "$id" --format md --out "$work/report.md"
head -n 3 "$work/report.md"
# So few paths decide no threshold: 99.
grid run "$root/examples/coupled-crisis.yaml" --paths 64 --id alone >/dev/null 2>&1 || test $? -eq 99
cluster=$(sed -n 's/.*"resultHash": "\([0-9a-f]*\)".*/\1/p' "runs/$id/manifest.json")
alone=$(sed -n 's/.*"resultHash": "\([0-9a-f]*\)".*/\1/p' runs/alone/manifest.json)
test -n "$cluster"
test "$cluster" = "$alone"
grid cluster down | tee down
for pid in $(sed -n 's/.*pid \([0-9]*\).*/\1/p' up); do
  # A process that has ended and waits for its parent is gone.
  if [[ $(ps -o stat= -p "$pid") =~ ^[^Z] ]]; then
    echo "pid $pid is still there"
    exit 1
  fi
done
echo "same hash on the cluster and in one process: $cluster"
