# Processes by name. Only those that a case started itself are ever signalled.

declare -A pid_of

spawn() { # spawn NAME LOG PROGRAM...: the program itself must be the process, so no shell function
  local name=$1 log=$2
  shift 2
  "$@" >>"$log" 2>&1 </dev/null &
  pid_of[$name]=$!
}

alive() { kill -0 "${pid_of[$1]:-0}" 2>/dev/null && [ -n "${pid_of[$1]:-}" ]; }

signal() { kill "-$1" "${pid_of[$2]}"; } # signal KILL NAME

reap() { # reap NAME: waits for its end; its exit code
  local code=0
  wait "${pid_of[$1]}" 2>/dev/null || code=$?
  unset "pid_of[$1]"
  return "$code"
}

kill_all() {
  local name
  for name in "${!pid_of[@]}"; do
    kill -CONT "${pid_of[$name]}" 2>/dev/null
    kill -KILL "${pid_of[$name]}" 2>/dev/null
    wait "${pid_of[$name]}" 2>/dev/null
    unset "pid_of[$name]"
  done
}

until_true() { # until_true SECONDS COMMAND...: asks five times a second
  local end=$(($(now) + $1 * 1000))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$(now)" -lt "$end" ] || return 1
    sleep 0.2
  done
}

now() { # milliseconds of a clock that nobody sets
  local up rest
  read -r up rest </proc/uptime
  up=${up/./}
  echo $((10#$up * 10))
}

peak_mb() { awk '/^VmHWM/ { print int($2 / 1024) }' "/proc/${pid_of[$1]}/status"; }
