#!/usr/bin/env bash
# Measures a cluster on this machine: Redis and silos on loopback, one worker each, silos pinned to one core each.
# usage: bench/cluster.sh scaling     one silo against two, on the same campaign, in turns   (ROUNDS, CAMPAIGN)
#        bench/cluster.sh million     a million tiny cells: speed, memory, then cancelled at half
#        bench/cluster.sh flood       ten times the submissions that are allowed, while accepted work goes on
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:?scaling, million or flood}
work=$(mktemp -d)
pids=()
end() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
dotnet build -c Release -v q --nologo src/ScenarioGrid.Silo >&2
silo=src/ScenarioGrid.Silo/bin/Release/net10.0/ScenarioGrid.Silo.dll
redis_port=$((20000 + RANDOM % 10000))
redis-server --port "$redis_port" --bind 127.0.0.1 --dir "$work" --appendonly yes --appendfsync always --save '' \
  >"$work/redis.log" 2>&1 &
redis=$!
pids+=("$redis")

api() { curl -sf "http://127.0.0.1:$((redis_port + 10000))/api/v1/$1" "${@:2}"; }
field() { grep -o "\"$1\":[^,}]*" | head -n 1 | cut -d: -f2- | tr -d '"'; }
up() { # up N LIMITS...: N silos, each on a core of its own
  silos=()
  for n in $(seq 1 "$1"); do
    env SCENARIOGRID_REDIS="127.0.0.1:$redis_port" SCENARIOGRID_WORKERS=1 SCENARIOGRID_SILO_PORT=0 \
      SCENARIOGRID_GATEWAY_PORT=0 SCENARIOGRID_HTTP="http://127.0.0.1:$((redis_port + 9999 + n))" "${@:2}" \
      taskset -c $(((n - 1) % $(nproc))) dotnet "$silo" 2>>"$work/silo$n.log" &
    silos+=($!)
    pids+=($!)
  done
  for n in $(seq 1 "$1"); do
    for _ in $(seq 200); do
      curl -sf "http://127.0.0.1:$((redis_port + 9999 + n))/health/ready" >/dev/null && break
      sleep 0.1
    done
  done
}
down() {
  kill "${silos[@]}"
  for pid in "${silos[@]}"; do wait "$pid" || true; done
}
ended() { # ended ID: waits until the campaign has ended, at most 15 minutes; looks rarely, to take little of the cores
  for _ in $(seq 900); do
    state=$(api "campaigns/$1" | field state)
    [ "$state" = completed ] || [ "$state" = cancelled ] && return 0
    sleep 1
  done
  return 1
}
seconds() { # seconds ID: from acceptance to the end of the audit, by the store's clock
  api "campaigns/$1" | tr ',' '\n' | sed -n 's/.*"\(submitted\|ended\)":"\([^"]*\)".*/\2/p' \
    | while read -r t; do date -d "$t" +%s.%N; done | paste -sd' ' | awk '{ printf "%.3f", $2 - $1 }'
}
median() { sort -g "$1" | awk 'NF { v[++n] = $1 } END { print (n % 2) ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2 }'; }
peak() { awk '/VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"; }

case $mode in
scaling)
  # In the middle of a campaign: compiled code takes some 20 s to settle, and the last cells never fill all workers.
  sed "s/^paths:.*/paths: 2048/" "${CAMPAIGN:-examples/coupled-crisis.yaml}" >"$work/run.yaml"
  for round in $(seq "${ROUNDS:-3}"); do
    for n in 1 2; do
      up "$n"
      id=$(api "campaigns?id=run-$n-$round" --data-binary "@$work/run.yaml" | field campaign)
      sleep 25
      for _ in $(seq 10); do
        sleep 1
        api cluster | grep -o '"pathTicksPerSecond":[0-9.]*' | cut -d: -f2 | awk '{ s += $1 } END { print s }' \
          >>"$work/speed$n.$round"
      done
      median "$work/speed$n.$round" >>"$work/speed$n"
      api "campaigns/$id/cancel?reason=measured" -X POST >/dev/null
      down
    done
  done
  one=$(median "$work/speed1")
  two=$(median "$work/speed2")
  echo "scaling: path-ticks/s of one silo $one, of two $two, ratio $(awk -v a="$one" -v b="$two" 'BEGIN { printf "%.2f", b / a }')"
  ;;
million)
  up 2
  id=$(api "campaigns?blockPaths=8" --data-binary @bench/million.yaml | field campaign)
  ended "$id"
  took=$(seconds "$id")
  memory=$(redis-cli -p "$redis_port" info memory | sed -n 's/^used_memory_human:\(.*\)\r/\1/p')
  echo "million: $took s, $(awk -v s="$took" 'BEGIN { printf "%.0f", 1e6 / s }') cells/s, silos peak" \
    "$(peak "${silos[0]}") and $(peak "${silos[1]}") MiB, redis $memory, client (curl) holds nothing"
  id=$(api "campaigns?blockPaths=8&id=half" --data-binary @bench/million.yaml | field campaign)
  for _ in $(seq 3000); do
    [ "$(api "campaigns/$id" | field done)" -ge 500000 ] && break
    sleep 0.1
  done
  began=$(date +%s.%N)
  api "campaigns/$id/cancel?reason=half" -X POST >/dev/null
  for _ in $(seq 200); do
    api cluster | grep -q "$id cell" || break
    sleep 0.1
  done
  echo "cancel at half: no worker has a lease after $(awk -v a="$began" -v b="$(date +%s.%N)" 'BEGIN { printf "%.2f", b - a }') s"
  ;;
flood)
  up 2 SCENARIOGRID_SUBMITS_PER_MINUTE=100000 SCENARIOGRID_REQUESTS_PER_SECOND=100000
  sed "s/^paths:.*/paths: 4096/" examples/coupled-crisis.yaml >"$work/work.yaml"
  id=$(api "campaigns?id=accepted" --data-binary "@$work/work.yaml" | field campaign)
  for n in $(seq 80); do
    sed "s/^seed:.*/seed: $n/" "$work/work.yaml" >"$work/flood.yaml"
    curl -s -o /dev/null -w '%{http_code} %{time_total}\n' --data-binary "@$work/flood.yaml" \
      "http://127.0.0.1:$((redis_port + 10000))/api/v1/campaigns"
  done >"$work/answers"
  echo "flood: $(grep -c '^202' "$work/answers") accepted, $(grep -c '^429' "$work/answers") refused with 429," \
    "slowest refusal $(grep '^429' "$work/answers" | sort -k2 -g | tail -n 1 | cut -d' ' -f2) s," \
    "accepted work goes on: $(api "campaigns/$id" | field state), $(api cluster | grep -o 'cell [0-9]*' | wc -l) workers busy"
  ;;
*)
  echo "scaling, million or flood" >&2
  exit 2
  ;;
esac
