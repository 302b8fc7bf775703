# Silos that come, go, die and hang.

cluster() { # cluster N: namespaces, store, silos
  net_up "$1"
  store_up
  start_silos "$1"
}

pick() { picked=$((RANDOM % $1 + 1)); }
others() { local k; for k in 1 2 3; do [ "$k" -eq "$1" ] || echo "$k"; done; }
running() { # running VICTIM: the reference campaign, submitted to and watched through the silos that stay
  submit "$(others "$1" | head -n 1)" reference
  meter reference $(others "$1")
}

case_F00() { # 1, 2 and 3 silos, blocks of 256, 1024 and 4096 paths: the bits of the embedded run
  local k
  net_up 3
  store_up
  for k in 1 2 3; do
    start_silo "$k"
    await_silos "$k"
    local id=silos$k blocks=(- 256 1024 4096)
    submit "$k" "$id" "" "&blockPaths=${blocks[k]}"
    meter "$id" "$k"
    await_end
    end_meter
    stall=$(stall_ms)
    at_most "longest stall in s" "$(seconds "$stall")" "$stall_bound"
    judge "$k" "$id"
  done
  at_most "re-executed cells" "$reexec" "$reexec_bound"
}

case_F01() {
  cluster 3
  pick 3
  running "$picked"
  await_part $((cells < 2000 ? 10 : 30)) # a small campaign is over before the silos left can be measured
  kill_silo "$picked"
  local at=$moment
  await_end
  keeps_rate "$at" 10000 25000
  conclude "$(others "$picked" | head -n 1)"
}

case_F02() { # a random silo every 15 s, until done
  cluster 3
  submit 1 reference
  meter reference 1 2 3
  while :; do
    local k
    for k in $(seq 75); do has_ended && break 2; sleep 0.2; done
    pick 3
    kill_silo "$picked"
    start_silo "$picked"
  done
  at_least "silos killed" "$faults" $((cells / 625))
  await_silos 1 2 3
  conclude 1
}

case_F03() {
  cluster 3
  pick 3
  running "$picked"
  await_part 10
  stop_silo "$picked"
  local at=$moment length=20
  [ "$cells" -ge 2000 ] || length=13
  sleep "$length"
  cont_silo "$picked"
  await_end
  sleep 3 # the silo that slept wakes and offers what it has
  keeps_rate "$at" 10000 "${length}000"
  local refused ended=0
  gone "silo$picked" && ended=1
  revive_if_gone "$picked"
  await_silos "$picked"
  conclude "$(others "$picked" | head -n 1)"
  refused=$(jq '.staleCommits // 0' <<<"$counts")
  note="$note refused=$refused"
  [ "$refused" -gt 0 ] || [ "$ended" -eq 1 ] || bad "the silo that slept neither was refused nor ended itself"
}

case_F04() {
  cluster 3
  pick 3
  running "$picked"
  await_part 30
  mark "SIGTERM silo $picked"
  faults=1
  end_silo "$picked"
  mark "silo $picked ended after $ended_after ms"
  at_most "end after SIGTERM in ms" "$ended_after" 10000
  await_end
  conclude "$(others "$picked" | head -n 1)"
}

case_F05() {
  cluster 3
  submit 1 reference
  meter reference 1 2 3
  await_part 30
  local k at
  for k in 1 2 3; do kill_silo "$k"; done
  sleep 3
  for k in 1 2 3; do start_silo "$k"; done
  mark "restarted"
  at=$moment
  await_end
  at_most "recovery after the restart in s" "$(seconds "$(recovered_ms "$at")")" 15
  conclude 1
}

case_F06() { # the silo that the client watches through, three times: the client goes on with the next one
  local round watched
  cluster 3
  submit 1 reference
  meter reference 1 2 3
  spawn watch "$work/watch" "${hub[@]}" bash tests/faults/lib/watch.sh "$work" reference \
    "$(silo_ip 1)" "$(silo_ip 2)" "$(silo_ip 3)"
  for round in 1 2 3; do
    await_part $((20 * round))
    watched=$(tail -n 1 "$work/watch" | cut -d' ' -f1)
    kill_silo "${watched##*.}"
    start_silo "${watched##*.}"
    await_silos "${watched##*.}"
  done
  await_end
  until_true 10 gone watch || bad "the client still watches: $(tail -n 1 "$work/watch")"
  reap watch || bad "the client ended with $?"
  awk '$2 < last { exit 1 } { last = $2 }' "$work/watch" || bad "the client saw progress go back"
  at_least "silos that the client watched through" "$(cut -d' ' -f1 "$work/watch" | uniq | wc -l)" 4
  conclude 1
}

case_F21() {
  net_up 3
  store_up
  start_silo 1 env DOTNET_EnableHWIntrinsic=0
  start_silo 2 env DOTNET_EnableAVX2=0
  start_silo 3
  await_silos 1 2 3
  faults=1
  submit 3 reference
  meter reference 3
  await_end
  conclude 3
  for k in 1 2 3; do computed "$k"; done
}
