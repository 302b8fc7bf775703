#!/usr/bin/env bash
# Each injection does what its name says: a fault that is none would prove nothing.
# usage: tests/faults/injections.sh
set -uo pipefail
cd "$(dirname "$0")/../.."
case_id=injections seed=1 cells=0
work=$(mktemp -d "${TMPDIR:-/tmp}/faults.XXXXXX")
for part in tools process net store inject silo campaign report end; do . "tests/faults/lib/$part.sh"; done
trap cleanup EXIT
trap 'exit 1' INT TERM
need_tools
need_namespaces

check() { if "${@:2}"; then echo "ok   $1"; else bad "$1"; fi; }
no() { ! "$@"; }
reaches() { ip netns exec "$net-$1" ping -c 1 -W 1 -q "$2" >/dev/null; }
ping_of() { ip netns exec "$net-$1" ping -c "$3" -i 0.02 -W 1 -q "$2"; }
lost_part() { ping_of 1 "$(silo_ip 2)" 200 | sed -n 's/.* \([0-9.]*\)% packet loss.*/\1/p'; }
round_trip_ms() { ping_of 1 "$(silo_ip 2)" 50 | sed -n 's|^rtt[^=]*= [^/]*/\([^.]*\).*|\1|p'; }
between() { awk -v v="$1" -v a="$2" -v b="$3" 'BEGIN { print "     " v; exit !(v >= a && v <= b) }'; }
frames_to() { ip -n "$net-$1" -j -s link show eth0 | jq '.[0].stats64.rx.packets'; }

net_up 3
one=$(silo_ip 1) two=$(silo_ip 2)
check "silos reach each other and the hub" eval 'reaches 1 $two && reaches 1 $hub_ip'
link_down 2
check "a link that is down lets nothing through" no reaches 1 "$two"
link_up 2
check "and works again" until_true 5 reaches 1 "$two"
cut_from_peers 2
check "a silo cut from its peers" no reaches 1 "$two"
check "still reaches the hub" reaches 2 "$hub_ip"
heal
drop 2 1
before_2=$(frames_to 2)
check "no answer comes over a one-way cut" no reaches 1 "$two"
check "but the question went through" test "$(frames_to 2)" -gt "$before_2"
check "others are not touched" reaches 3 "$two"
heal
lose 10
check "10 % of the frames are lost each way" between "$(lost_part)" 10 30
heal

store_up
store set key kept >/dev/null
store_kill
check "a killed store does not answer" no store_answers
store_up
check "and comes back with what it answered for" test "$(store get key)" = kept
full_disk "$work/small" 1
check "a full disk takes no more" no eval 'head -c 2M /dev/zero >"$work/small/file" 2>/dev/null'
spawn sleeper "$work/sleeper.log" sleep 60
signal STOP sleeper
check "a stopped process is stopped" grep -q '^State:.T' "/proc/${pid_of[sleeper]}/status"
kill_all
net_down
namespaces=()

net_up_switched 2
check "silos reach each other through the switch" reaches 1 "$two"
delay 80 20
sleep 0.5
check "a frame is 80 ms late each way" between "$(round_trip_ms)" 150 185
echo '* * loss=0.2' >"$work/switch.rules"
sleep 0.5
check "the switch loses 20 % each way" between "$(lost_part)" 24 48
kill_all
[ ${#complaints[@]} -eq 0 ]
