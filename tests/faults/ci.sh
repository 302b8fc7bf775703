#!/usr/bin/env bash
# The part of the fault matrix that every change goes through, in under six minutes on two cores.
# usage: tests/faults/ci.sh [CASE...]
# Prints one line per case, ok or FAIL, and what a failed case said.
set -uo pipefail
cd "$(dirname "$0")/../.."
declare -A cells_of=([F00]=200 [F04]=200 [F11]=200 [F15]=200 [F20]=200)
cases=("$@")
[ $# -gt 0 ] || cases=(F00 F01 F03 F04 F07 F11 F15 F20 F21)
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for case_id in "${cases[@]}"; do
  begun=$SECONDS
  if FAULTS_CELLS=${cells_of[$case_id]:-400} tests/faults/run.sh "$case_id" 1 >"$log" 2>&1; then
    echo "ok   $case_id $((SECONDS - begun)) s: $(grep '^faults=' "$log")"
  else
    failed=$((failed + 1))
    echo "FAIL $case_id $((SECONDS - begun)) s: $(grep '^faults=' "$log")"
    sed 's/^/     /' "$log"
  fi
done
[ "$failed" -eq 0 ]
