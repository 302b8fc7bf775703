# Clocks that are wrong, memory and processors that are short.

wrong_clock=(env "LD_PRELOAD=$(find /usr/lib -name libfaketime.so.1 -path '*faketime*' 2>/dev/null | head -n 1)"
  FAKETIME_DONT_FAKE_MONOTONIC=1)

case_F16() {
  net_up 3
  store_up
  # Not the program faketime: it would stand between this script and the silo.
  start_silo 1 "${wrong_clock[@]}" FAKETIME=+10m
  start_silo 2 "${wrong_clock[@]}" FAKETIME=-7m
  start_silo 3
  await_silos 1 2 3
  faults=2
  submit 3 reference
  meter reference 3
  await_end
  conclude 3
  for k in 1 2 3; do computed "$k"; done
  grep -hi 'warn' "$work"/silo[12].log | grep -qi 'clock' || bad "no warning of a wrong clock"
}

in_group() { # in_group KIND...: the processes that start next move themselves into these groups
  local script= kind
  for kind in "$@"; do script+="echo \$\$ >/sys/fs/cgroup/$kind/$net/tasks; "; done
  before=(sh -c "$script"'exec "$@"' sh)
}

case_F18() { # the kernel kills the silo that wants more than it may have
  cluster_limited memory memory.limit_in_bytes "${FAULTS_MEMORY:-350M}"
  submit 3 reference
  meter reference 3 1
  await_part 10
  local pressure=$work/pressure
  mark "the group of silo 2 is short of memory"
  echo $(($(awk '/^VmRSS/ { print $2 }' "/proc/${pid_of[silo2]}/status") * 1024 * 6 / 10)) \
    >"/sys/fs/cgroup/memory/$net/memory.limit_in_bytes" 2>"$pressure" || true
  if until_true 30 gone silo2; then
    reap silo2 || mark "silo 2 ended with $?"
  else
    bad "silo 2 was not killed: $(grep oom_kill "/sys/fs/cgroup/memory/$net/memory.oom_control")"
  fi
  faults=1
  echo "${FAULTS_MEMORY:-350M}" >"/sys/fs/cgroup/memory/$net/memory.limit_in_bytes"
  in_group memory
  start_silo 2
  before=()
  await_end
  await_silos 2
  conclude 3
}

case_F19() {
  local plain_ms
  cluster 3
  submit 3 plain
  meter plain 3 1
  await_end
  end_meter
  plain_ms=$(length_ms)
  judge 3 plain
  end_silo 2
  group cpu cpu.cfs_quota_us 10000
  in_group cpu
  ready_seconds=120
  start_silo 2
  before=()
  await_silos 2
  faults=1
  submit 3 reference
  meter reference 3 1
  await_end
  local part
  part=$(share "$(length_ms)" "$plain_ms")
  mark "$(length_ms) ms instead of $plain_ms ms: $part %"
  note="$note time=$part%"
  at_most "time in % of the plain time" "$part" 180
  exit_seconds=60
  conclude 3
}

cluster_limited() { # cluster_limited KIND FILE VALUE: three silos, the second in a group
  net_up 3
  store_up
  group "$@"
  start_silo 1
  start_silo 3
  in_group "$1"
  start_silo 2
  before=()
  await_silos 1 2 3
}
