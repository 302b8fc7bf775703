# The store: Redis of Debian in the hub, every write synced to its append-only file.

store_folder=$work/redis

store_up() {
  mkdir -p "$store_folder"
  local options=(--bind "$hub_ip" 127.0.0.1 --port 6379 --protected-mode no --dir "$store_folder" --daemonize no
    --appendonly yes --appendfsync always --save '' --maxmemory-policy noeviction)
  spawn store "$work/redis.log" "${hub[@]}" redis-server "${options[@]}"
  until_true 30 store_answers || refuse "redis-server did not start: $(tail -n 2 "$work/redis.log")"
}

store() { "${hub[@]}" timeout 5 redis-cli -h 127.0.0.1 "$@"; }

store_answers() { [ "$(store ping 2>/dev/null)" = PONG ]; }

store_kill() { signal KILL store; reap store || true; }
