#!/usr/bin/env bash
# A run that is killed with SIGKILL and resumed writes the same bytes as one that was left alone.
# usage: tests/faults/resume.sh [EXAMPLE]
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
child=
cleanup() { [ -n "$child" ] && kill -9 "$child" 2>/dev/null; rm -rf "$work"; }
trap cleanup EXIT
cli=src/ScenarioGrid.Cli/bin/Release/net10.0/ScenarioGrid.Cli.dll
options=("examples/${1:-oracle-window}.yaml" --paths 64 --id same)
dotnet "$cli" run "${options[@]}" --runs "$work/whole" >/dev/null 2>&1 || [ $? -eq 99 ]
dotnet "$cli" run "${options[@]}" --runs "$work/killed" >/dev/null 2>&1 &
child=$!
for _ in $(seq 600); do # until some cells are on disk, at most a minute
  [ "$(stat -c %s "$work/killed/same/journal/shard-0.journal" 2>/dev/null || echo 0)" -gt 20000 ] && break
  kill -0 "$child" 2>/dev/null || break
  sleep 0.1
done
kill -9 "$child" 2>/dev/null || true
wait "$child" 2>/dev/null || true
child=
test -e "$work/killed/same/journal/shard-0.journal" || { echo "the run ended before it could be killed" >&2; exit 1; }
dotnet "$cli" resume same --runs "$work/killed" >/dev/null 2>&1 || [ $? -eq 99 ]
for file in cells/part-0.parquet series/part-0.parquet checks.json report.html cells.csv; do
  [ -e "$work/whole/same/$file" ] || continue
  cmp "$work/whole/same/$file" "$work/killed/same/$file"
done
computed=$(grep -o '"cellsComputed": [0-9]*' "$work/killed/same/manifest.json" | tail -n 1 | grep -o '[0-9]*$')
known=$(grep -o '"cellsKnown": [0-9]*' "$work/killed/same/manifest.json" | tail -n 1 | grep -o '[0-9]*$')
echo "resume: known=$known computed=$computed, same bytes"
test "$known" -gt 0
