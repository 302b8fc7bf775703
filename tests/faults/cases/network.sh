# Links that break, one way or both, lose or delay.

case_F07() {
  local length lengths=(20 70)
  [ "$cells" -ge 2000 ] || lengths=(13)
  cluster 3
  pick 3
  running "$picked"
  for length in "${lengths[@]}"; do
    await_part 10
    link_down "$picked"
    local at=$moment
    sleep "$length"
    link_up "$picked"
    keeps_rate "$at" 10000 "${length}000"
  done
  keep_alive
  conclude "$(others "$picked" | head -n 1)"
}

case_F08() { # first one direction, then the other
  local pair one=1 two=2
  cluster 3
  submit 3 reference
  meter reference 3 1 2
  await_part 5
  for pair in 1 2; do
    drop "$two" "$one"
    local at=$moment
    sleep 30
    heal
    keeps_rate "$at" 15000 30000
    warns_of "$two" "$one"
    one=2 two=1
    sleep 3
  done
  keep_alive
  conclude 3
}

warns_of() { # the operator reads which pair does not hear each other
  grep -hi warn "$work"/silo?.log | grep "$(silo_ip "$1")" | grep -q "$(silo_ip "$2")" ||
    bad "no warning names silo $1 and silo $2"
}

case_F09() {
  cluster 3
  submit 3 reference
  meter reference 3 1
  await_part 10
  cut_from_peers 2
  local at=$moment
  sleep 25
  heal
  keeps_rate "$at" 15000 25000
  keep_alive
  conclude 3
}

case_F10() { # loss on the bridge, then a line with delay behind the user-space switch
  net_up_switched 3
  store_up
  start_silos 3
  local plain_ms id rule
  submit 1 plain
  meter plain 1 2 3
  await_end
  end_meter
  plain_ms=$(length_ms)
  judge 1 plain
  for rule in loss=0.05 loss=0.10 'delay=80 jitter=20'; do
    echo "* * $rule" >"$work/switch.next"
    mv "$work/switch.next" "$work/switch.rules"
    faults=$((faults + 1))
    sleep 0.3
    mark "$rule: $("${hub[@]}" ping -c 20 -i 0.05 -q "$(silo_ip 1)" | tail -n 2 | tr '\n' ' ')"
    id=line$faults
    submit 1 "$id"
    meter "$id" 1 2 3
    await_end
    end_meter
    stall=$(stall_ms)
    at_most "longest stall with $rule in s" "$(seconds "$stall")" "$stall_bound"
    at_most "time with $rule, % of the plain time" "$(share "$(length_ms)" "$plain_ms")" 300
    judge 1 "$id"
    : >"$work/switch.rules"
    sleep 1
  done
}

length_ms() { # from the first cell to the end
  awk '$2 > 0 && !t { t = $1 } { e = $1 } $3 == "completed" { exit } END { print e - t }' "$work/progress"
}
