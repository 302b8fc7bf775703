#!/bin/sh
# health.sh PASSWORD_FILE USER [PORT]: succeeds while Redis has loaded its data and its writes reach the disk.
set -eu
REDISCLI_AUTH=$(cat "$1")
export REDISCLI_AUTH
state=$(redis-cli -p "${3:-6379}" --no-auth-warning --user "$2" info persistence | tr -d '\r')
for line in loading:0 aof_last_write_status:ok aof_last_bgrewrite_status:ok rdb_last_bgsave_status:ok; do
  if ! printf '%s\n' "$state" | grep -qx "$line"; then
    echo "expected $line, got: $(printf '%s\n' "$state" | head -n 1)" >&2
    exit 1
  fi
done
