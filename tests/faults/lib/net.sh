# Network namespaces: one per silo and a hub that holds the bridge, the store and the client. Nothing is created
# outside the hub, so two runs share neither a name nor an address.

net=sgf$$
hub=(ip netns exec "$net-hub")
hub_ip=10.231.0.254
silo_ip() { echo "10.231.0.$1"; }

net_up() { # net_up N: silos 1..N on a bridge
  local k
  for k in hub $(seq "$1"); do
    ip netns add "$net-$k"
    namespaces+=("$net-$k")
    ip -n "$net-$k" link set lo up
  done
  ip -n "$net-hub" link add br0 type bridge
  ip -n "$net-hub" address add "$hub_ip/24" dev br0
  ip -n "$net-hub" link set br0 up
  for k in $(seq "$1"); do
    ip -n "$net-hub" link add "p$k" type veth peer name eth0 netns "$net-$k"
    ip -n "$net-hub" link set "p$k" master br0 up
    ip -n "$net-$k" address add "$(silo_ip "$k")/24" dev eth0
    ip -n "$net-$k" link set eth0 up
  done
}

net_up_switched() { # net_up_switched N: the same addresses behind the user-space switch, which can delay
  local k
  for k in hub $(seq "$1"); do
    ip netns add "$net-$k"
    namespaces+=("$net-$k")
    ip -n "$net-$k" link set lo up
  done
  : >"$work/switch.rules"
  spawn switch "$work/switch.log" "${hub[@]}" dotnet "$switch_dll" --rules "$work/switch.rules" --seed "$seed" \
    taphub $(seq -f 'tap%g' "$1")
  until_true 10 grep -q ready "$work/switch.log" || refuse "the delay switch did not start: $(cat "$work/switch.log")"
  ip -n "$net-hub" address add "$hub_ip/24" dev taphub
  ip -n "$net-hub" link set taphub up
  for k in $(seq "$1"); do
    ip -n "$net-hub" link set "tap$k" netns "$net-$k"
    ip -n "$net-$k" address add "$(silo_ip "$k")/24" dev "tap$k"
    ip -n "$net-$k" link set "tap$k" up
  done
}

net_down() {
  local name
  for name in "${namespaces[@]}"; do ip netns delete "$name" 2>/dev/null; done
}

orphans() { # processes that still live in a namespace of a silo
  local name
  for name in "${namespaces[@]}"; do [ "$name" = "$net-hub" ] || ip netns pids "$name"; done
}
