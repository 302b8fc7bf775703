#!/usr/bin/env bash
# One case of the fault matrix: real silos in network namespaces, a real store, real faults.
# usage: tests/faults/run.sh CASE [SEED]      CASE is F00 to F25; SEED chooses victims and moments
#   FAULTS_CELLS=800   cells of the reference campaign (a multiple of 100; default 5000)
#   FAULTS_LOGS=DIR    keeps the logs of silos, store and client there
# Prints what is done when, then one line "faults=K jobs=J cells=N lost=0 dup=0 reexec=E stall=S s sha=...", and fails
# on any loss, duplicate, changed hash, orphan process or missed bound.
set -uo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# case  stall s  re-executed cells  throughput %  whole case s   (- : not judged by the common rules)
bounds='
F00     5        0                  -             900
F01     5        -                  60            300
F02     8        3%                 -             900
F03     6        -                  50            300
F04     5        0                  -             300
F05     15       -                  -             300
F06     5        -                  -             400
F07     6        -                  50            500
F08     6        -                  50            400
F09     6        -                  50            400
F10     8        -                  -             900
F11     13       -                  -             300
F12     23       -                  -             400
F13     -        -                  -             300
F14     -        -                  -             400
F15     5        0                  -             300
F16     5        -                  -             400
F17     -        -                  -             400
F18     8        -                  -             500
F19     6        -                  -             600
F20     -        -                  -             400
F21     5        3%                 -             400
F22     8        -                  -             600
F23     -        -                  -             900
F24     -        -                  -             600
F25     -        -                  -             2400
'

case_id=${1:-}
seed=${2:-1}
read -r _ stall_bound reexec_bound rate_bound case_seconds < <(grep "^${case_id:-none} " <<<"$bounds") ||
  { echo "usage: tests/faults/run.sh F00..F25 [SEED]" >&2; exit 64; }
[[ $seed =~ ^[0-9]+$ ]] || { echo "SEED is a whole number" >&2; exit 64; }
RANDOM=$seed
cells=${FAULTS_CELLS:-5000}
end_seconds=$((120 + cells / 4))
work=$(mktemp -d "${TMPDIR:-/tmp}/faults.XXXXXX")
stall=0 hash=none note=

for part in tools process net store inject silo campaign report end; do . "tests/faults/lib/$part.sh"; done
for part in tests/faults/cases/*.sh; do . "$part"; done

trap cleanup EXIT
trap 'echo "FAIL $case_id: stopped after $case_seconds s or by a signal"; exit 1' INT TERM
(
  sleep "$case_seconds" &
  sleeper=$!
  trap 'kill "$sleeper"; exit' TERM
  wait "$sleeper"
  kill -TERM $$
) >/dev/null 2>&1 &
watchdog=$!

need_tools
need_namespaces
need_silo
reference_file
tokens_up
case $case_id in
  F20 | F23 | F24) h0=any ;; # judged by other means
  *) h0=$(reference_hash) || { echo "$h0"; exit 1; } ;;
esac
# An error of the shell in a case drops the rest of this list, so what was not reached is noticed.
whole=
{ "case_$case_id"; whole=yes; }
[ "$whole" ] || bad "the case broke off"
end_meter
end_silos
report
