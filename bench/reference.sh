#!/usr/bin/env bash
# Measures the reference campaign through the grains, as a bare loop, and against a hand-written program if one is given.
# usage: bench/reference.sh [CPP_BINARY]     (ROUNDS, PATHS and FILTER=1 from the environment)
# The programs take turns; every figure is the median of the rounds, in path-steps per CPU-second on one thread.
set -euo pipefail
cd "$(dirname "$0")/.."
cpp=${1:-}
rounds=${ROUNDS:-5}
paths=${PATHS:-655360}
filter=${FILTER:-0}
dotnet build -c Release -v q --nologo bench/ScenarioGrid.Bench >&2
bench=(dotnet bench/ScenarioGrid.Bench/bin/Release/net10.0/ScenarioGrid.Bench.dll reference --paths "$paths")
[ "$filter" = 1 ] && bench+=(--filter)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rate() { sed -n 's/.*(per cpu-second \([0-9.e+]*\)).*/\1/p' | head -n 1; }
for _ in $(seq "$rounds"); do
  "${bench[@]}" | tee "$work/last" | rate >>"$work/grid"
  "${bench[@]}" --bare | rate >>"$work/bare"
  if [ -n "$cpp" ]; then "$cpp" "$paths" 1 "$filter" | rate >>"$work/cpp"; fi
done
median() { sort -g "$1" | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
grid=$(median "$work/grid")
bare=$(median "$work/bare")
c=-
ratio=-
if [ -n "$cpp" ]; then
  c=$(median "$work/cpp")
  ratio=$(awk -v a="$grid" -v b="$c" 'BEGIN { printf "%.3f", a / b }')
fi
overhead=$(awk -v a="$grid" -v b="$bare" 'BEGIN { printf "%.1f", 100 * (b / a - 1) }')
mean=$(sed -n 's/.*badDebt mean=\([0-9.]*\) se=\([0-9.]*\).*/mean=\1 se=\2/p' "$work/last")
echo "reference: grid=$grid bare=$bare cpp=$c ratio=$ratio overhead=$overhead $mean"
