# Whatever happens, nothing of a case stays: its processes, groups, mounts, namespaces and files.

namespaces=() mounts=() groups=() before=()

cleanup() {
  local code=$? item
  trap - EXIT
  trap '' INT TERM
  [ -n "${watchdog:-}" ] && kill "$watchdog" 2>/dev/null
  kill_all
  for item in "${groups[@]}"; do until_true 5 rmdir "$item"; done
  for item in "${mounts[@]}"; do umount -l "$item"; done
  net_down
  if [ -n "${FAULTS_LOGS:-}" ]; then
    mkdir -p "$FAULTS_LOGS"
    cp "$work"/*.{log,rows} "$work"/progress "$FAULTS_LOGS" 2>/dev/null
  fi
  rm -rf "$work"
  exit "$code"
}
