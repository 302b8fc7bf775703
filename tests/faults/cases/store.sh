# The store dies, hangs, forgets or is full.

names_store() { # errors of a silo name the store and not what a serializer made of it
  grep -hq 'CodecNotFoundException' "$work"/silo?.log && bad "CodecNotFoundException in a silo's log"
  grep -hqi 'store\|redis' "$work"/silo?.log || bad "no silo said that the store does not answer"
}

case_F11() {
  cluster 3
  submit 1 reference
  meter reference 1 2 3
  await_part 30
  mark "kill -9 store"
  faults=1
  store_kill
  sleep 5
  store_up
  mark "store is back"
  local at=$moment
  await_end
  at_most "recovery after the store's return in s" "$(seconds "$(recovered_ms "$at")")" 8
  names_store
  conclude 1
}

case_F12() {
  cluster 3
  submit 1 reference
  meter reference 1 2 3
  await_part 10
  mark "SIGSTOP store"
  signal STOP store
  sleep 15
  signal CONT store
  mark "SIGCONT store"
  local at=$moment
  await_part 50
  at_most "recovery after SIGSTOP in s" "$(seconds "$(recovered_ms "$at")")" 8
  store client pause 10000 all >/dev/null
  mark "CLIENT PAUSE 10 s"
  at=$((moment + 10000))
  faults=2
  await_end
  at_most "recovery after CLIENT PAUSE in s" "$(seconds "$(recovered_ms "$at")")" 8
  names_store
  conclude 1
}

case_F13() { # never a success that is none; a new submission gives the same bits
  cluster 3
  submit 1 reference
  meter reference 1 2 3
  await_part 30
  store flushall >/dev/null
  mark "FLUSHALL"
  faults=1
  local at=$moment
  until_true 20 says_lost 1 || bad "no silo said STORE_LOST within 20 s: $(api 1 GET /api/v1/campaigns/reference)"
  mark "STORE_LOST after $(($(now) - at)) ms"
  note="$note detected=$(seconds $(($(now) - at)))s"
  sleep 2
  grep -q completed "$work/progress" && bad "success was reported"
  grep -hq STORE_LOST "$work"/silo?.log || bad "no log line says STORE_LOST"
  end_meter
  local k
  for k in 1 2 3; do gone "silo$k" || signal TERM "silo$k"; until_true 20 gone "silo$k"; reap "silo$k" || true; done
  start_silos 3
  submit 1 again
  meter again 1 2 3
  await_end
  end_meter
  judge 1 again
}

says_lost() { [[ $(api "$1" GET /api/v1/campaigns/reference) == *STORE_LOST* ]]; }

case_F14() {
  net_up 3
  full_disk "$store_folder" 6
  store_up
  start_silos 3
  submit 1 reference
  meter reference 1 2 3
  await_part 10
  mark "disk of the store is filled"
  faults=1
  head -c 6M /dev/zero >"$store_folder/ballast" 2>/dev/null
  until_true 60 gone store || bad "the store did not stop on a full disk"
  mark "store stopped: $(tail -n 1 "$work/redis.log")"
  reap store || true
  sleep 3
  rm "$store_folder/ballast"
  store_up
  mark "space freed, store is back"
  local at=$moment
  await_end
  at_most "recovery after the store's return in s" "$(seconds "$(recovered_ms "$at")")" 15
  names_store
  conclude 1
}
