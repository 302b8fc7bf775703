# Faults. Each is one line to do and one to undo.

kill_silo() { mark "kill -9 silo $1"; faults=$((faults + 1)); signal KILL "silo$1"; reap "silo$1" || true; }
stop_silo() { mark "SIGSTOP silo $1"; faults=$((faults + 1)); signal STOP "silo$1"; }
cont_silo() { mark "SIGCONT silo $1"; signal CONT "silo$1"; }

link_down() { mark "link of silo $1 down"; faults=$((faults + 1)); ip -n "$net-hub" link set "p$1" down; }
link_up() { mark "link of silo $1 up"; ip -n "$net-hub" link set "p$1" up; }

nft_bridge() { "${hub[@]}" nft "$@"; }
drops_begin() { nft_bridge 'add table bridge f; add chain bridge f c1 { type filter hook forward priority 0; }'; }
drop() { # drop FROM TO: frames of silo FROM to silo TO vanish, the way back stays open
  mark "silo $1 no longer reaches silo $2"
  faults=$((faults + 1))
  drops_begin
  nft_bridge "add rule bridge f c1 iifname p$1 oifname p$2 drop"
}
cut_from_peers() { # the store and the clients still reach it
  mark "silo $1 is cut from its peers"
  faults=$((faults + 1))
  drops_begin
  nft_bridge "add rule bridge f c1 iifname p$1 drop; add rule bridge f c1 oifname p$1 drop"
}
heal() { mark "healed"; nft_bridge 'delete table bridge f'; }

lose() { # lose PERCENT of all frames between the namespaces, the hub's own among them
  mark "$1 % of all frames are lost"
  faults=$((faults + 1))
  nft_bridge 'add table bridge f
    add chain bridge f c1 { type filter hook forward priority 0; }
    add chain bridge f c2 { type filter hook input priority 0; }
    add chain bridge f c3 { type filter hook output priority 0; }'
  local chain
  for chain in c1 c2 c3; do nft_bridge "add rule bridge f $chain numgen random mod 100 < $1 drop"; done
}

delay() { # delay MILLISECONDS JITTER of every frame; only behind the user-space switch
  mark "frames are $1 ms late, give or take $2 ms"
  faults=$((faults + 1))
  echo "* * delay=$1 jitter=$2" >"$work/switch.next"
  mv "$work/switch.next" "$work/switch.rules"
}

# Control groups of the first kind: KIND FILE VALUE, and then the processes that a shell moves there itself.
group() {
  local folder=/sys/fs/cgroup/$1/$net
  [ -d "/sys/fs/cgroup/$1" ] || refuse "control group $1 of version 1 is not mounted"
  mkdir -p "$folder"
  echo "$3" >"$folder/$2"
  groups+=("$folder")
}

full_disk() { # full_disk FOLDER MEGABYTES: a file system of its own
  mkdir -p "$1"
  mount -t tmpfs -o "size=$2m" none "$1" || refuse "cannot mount a tmpfs"
  mounts+=("$1")
}
