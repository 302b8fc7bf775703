# Silos: real processes, one per namespace, with one worker each and an HTTP door that asks for a token.

silo_dll=${FAULTS_SILO:-src/ScenarioGrid.Silo/bin/Release/net10.0/ScenarioGrid.Silo.dll}
cli_dll=${FAULTS_CLI:-src/ScenarioGrid.Cli/bin/Release/net10.0/ScenarioGrid.Cli.dll}
switch_dll=tests/ScenarioGrid.DelaySwitch/bin/Release/net10.0/ScenarioGrid.DelaySwitch.dll
poison_dll=tests/ScenarioGrid.PoisonSilo/bin/Release/net10.0/ScenarioGrid.PoisonSilo.dll
workers=1
exit_seconds=15

tokens_up() { # one operator; the token itself stands in no command line
  local token
  token=sg_$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
  (umask 077
    echo "Authorization: Bearer $token" >"$work/header"
    printf %s "$token" >"$work/token"
    echo "faults operator $(printf %s "$token" | sha256sum | cut -d' ' -f1) 2099-01-01T00:00:00Z" >"$work/tokens")
}

start_silo() { # start_silo K [WRAPPER...]: WRAPPER runs inside the namespace, before=(...) outside of it
  local k=$1 ip
  ip=$(silo_ip "$k")
  shift
  spawn "silo$k" "$work/silo$k.log" "${before[@]}" ip netns exec "$net-$k" env \
    SCENARIOGRID_REDIS="$hub_ip:6379" SCENARIOGRID_ADDRESS="$ip" SCENARIOGRID_SILO_PORT=11111 \
    SCENARIOGRID_GATEWAY_PORT=30000 SCENARIOGRID_HTTP="http://$ip:8080" SCENARIOGRID_WORKERS="$workers" \
    SCENARIOGRID_TOKENS_FILE="$work/tokens" SCENARIOGRID_CLUSTER_ID=faults \
    SCENARIOGRID_REQUESTS_PER_SECOND=10000 DOTNET_DbgEnableMiniDump=0 \
    "$@" dotnet "$silo_dll"
}

start_silos() { # start_silos N, and waits until each is ready
  local k
  for k in $(seq "$1"); do start_silo "$k"; done
  await_silos $(seq "$1")
}

await_silos() {
  local k
  for k in "$@"; do
    until_true "${ready_seconds:-40}" is_ready "$k" ||
      refuse "silo $k is not ready: $(tail -n 1 "$work/silo$k.log" | cut -c1-300)"
  done
}

is_ready() { "${hub[@]}" curl -sf --max-time 2 -o /dev/null "http://$(silo_ip "$1"):8080/health/ready"; }

api() { # api K METHOD PATH [CURL OPTION...]: body on standard output, fails unless 2xx
  local k=$1 method=$2 path=$3
  shift 3
  "${hub[@]}" curl -s --fail-with-body --max-time 10 -X "$method" -H "@$work/header" "$@" \
    "http://$(silo_ip "$k"):8080$path"
}

end_silo() { # end_silo K: SIGTERM, and how long it took; fails the case when it does not end by itself with 0
  local begin
  begin=$(now)
  signal TERM "silo$1"
  await_ended "$1"
  ended_after=$(($(now) - begin))
}

await_ended() { # await_ended K: the silo that was told to end does so with 0
  local k=$1 code=0
  if ! until_true "$exit_seconds" gone "silo$k"; then
    bad "silo $k did not end within $exit_seconds s"
    signal KILL "silo$k"
  fi
  reap "silo$k" || code=$?
  [ "$code" -eq 0 ] || bad "silo $k ended with $code"
}

# A child that ended is a zombie until it is reaped, and kill -0 still finds it.
gone() { ! [ -e "/proc/${pid_of[$1]}/stat" ] || grep -q '^State:.Z' "/proc/${pid_of[$1]}/status"; }

end_silos() { # all at once
  local name ending=()
  for name in $(printf '%s\n' "${!pid_of[@]}" | grep '^silo' | sort); do
    gone "$name" && { bad "$name ended by itself"; reap "$name" || true; continue; }
    peak=$(peak_mb "$name")
    [ "$peak" -gt "$peak_most" ] && peak_most=$peak
    signal TERM "$name"
    ending+=("${name#silo}")
  done
  for name in "${ending[@]}"; do await_ended "$name"; done
  [ -z "$(orphans)" ] || bad "orphan processes: $(orphans | tr '\n' ' ')"
}
