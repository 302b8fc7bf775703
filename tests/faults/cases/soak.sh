# Many faults in a row, chosen by the seed, while one campaign follows the other.

case_F25() {
  local end k round=0 minutes=${FAULTS_MINUTES:-30}
  cluster 3
  end=$(($(now) + minutes * 60000))
  while [ "$(now)" -lt "$end" ]; do
    round=$((round + 1))
    submit 1 "soak$round"
    meter "soak$round" 1 2 3
    while ! has_ended && [ "$(now)" -lt $((end + 300000)) ]; do
      fault_of_soak
      for k in 1 2 3; do revive_if_gone "$k"; done
      for k in $(seq $((25 + RANDOM % 50))); do has_ended && break; sleep 0.2; done
    done
    await_end
    end_meter
    k=$(stall_ms)
    [ "$k" -gt "$stall" ] && stall=$k
    until_true 60 settled || refuse "not all silos came back"
    judge 1 "soak$round"
  done
  at_least "faults" "$faults" $((2 * minutes))
}

keep_alive() { # until the campaign ended, silos that end themselves are started again, as an operator's platform does
  local k end=$(($(now) + end_seconds * 1000))
  until has_ended || [ "$(now)" -gt "$end" ]; do
    for k in 1 2 3; do revive_if_gone "$k"; done
    sleep 0.5
  done
  await_end 1
  sleep 2
  for k in 1 2 3; do revive_if_gone "$k"; done
  await_silos 1 2 3
}

settled() { # all silos are ready, also those that ended themselves after the campaign had ended
  local k
  for k in 1 2 3; do
    revive_if_gone "$k"
    is_ready "$k" || return 1
  done
}

revive_if_gone() { # a silo that its cluster takes for dead ends itself
  local code=0
  gone "silo$1" || return 0
  reap "silo$1" || code=$?
  mark "silo $1 had ended itself with $code"
  case $code in 70 | 134) ;; *) bad "silo $1 ended itself with $code" ;; esac
  start_silo "$1"
}

fault_of_soak() {
  pick 3
  local k=$picked other=$((picked % 3 + 1))
  case $((RANDOM % 9)) in
    0) kill_silo "$k"; start_silo "$k" ;;
    1) stop_silo "$k"; sleep $((2 + RANDOM % 18)); cont_silo "$k" ;;
    2) mark "SIGTERM silo $k"; faults=$((faults + 1)); end_silo "$k"; start_silo "$k" ;;
    3) link_down "$k"; sleep $((2 + RANDOM % 18)); link_up "$k" ;;
    4) drop "$k" "$other"; sleep $((2 + RANDOM % 18)); heal ;;
    5) cut_from_peers "$k"; sleep $((2 + RANDOM % 18)); heal ;;
    6) lose $((5 + RANDOM % 6)); sleep $((2 + RANDOM % 8)); heal ;;
    7) mark "kill -9 store"; faults=$((faults + 1)); store_kill; sleep $((1 + RANDOM % 5)); store_up ;;
    8) mark "SIGSTOP store"; faults=$((faults + 1)); signal STOP store; sleep $((2 + RANDOM % 10)); signal CONT store ;;
  esac
}
