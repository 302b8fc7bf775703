#!/bin/sh
# start.sh PASSWORD_FILE DATA RUN [OPTION...]: starts Redis with the users of users.acl.
# The password is read from a file; only its SHA-256 is written, into RUN (memory), and it stands in no command line.
set -eu
umask 077
here=$(cd "$(dirname "$0")" && pwd)
password_file=$1 data=$2 run=$3
shift 3

fail() {
  echo "start.sh: $1" >&2
  exit 78
}

[ -r "$password_file" ] || fail "cannot read the password file $password_file"
password=$(cat "$password_file")
[ "${#password}" -ge 32 ] || fail "the password in $password_file has ${#password} characters; at least 32 are needed"
hash=$(printf %s "$password" | sha256sum | cut -c 1-64)
grep -Eq ' [>#]PASSWORD(_SHA256)? ' "$here/users.acl" || fail "users.acl has no place for the password, #PASSWORD_SHA256"
# Clients of Redis 7.2 and later say which library they are; 7.0 refuses a list of rights with that command in it.
case $(redis-server --version) in
  *' v=7.0.'*) more='' ;;
  *) more=' +client|setinfo' ;;
esac
sed -E -e "s/ [>#]PASSWORD(_SHA256)? / #$hash /" -e "s/ [+]client[|]id/&$more/" "$here/users.acl" > "$run/users.acl"

# With an append-only file configured, Redis ignores a snapshot and would start empty: a restored snapshot becomes the
# base of a new append-only file.
log=$data/appendonlydir
if [ -e "$data/restore.rdb" ]; then
  [ ! -e "$log" ] || fail "restore.rdb and appendonlydir are both in $data; move the one away that you do not want"
  rm -rf "$log.new"
  mkdir "$log.new"
  cp "$data/restore.rdb" "$log.new/appendonly.aof.1.base.rdb"
  printf 'file appendonly.aof.1.base.rdb seq 1 type b\n' > "$log.new/appendonly.aof.manifest"
  mv "$log.new" "$log"
  mv "$data/restore.rdb" "$data/restored.rdb"
elif [ -e "$data/dump.rdb" ] && [ ! -e "$log" ]; then
  fail "$data has a snapshot but no append-only file; to restore the snapshot, rename dump.rdb to restore.rdb"
fi

exec redis-server "$here/redis.conf" --dir "$data" --aclfile "$run/users.acl" "$@"
