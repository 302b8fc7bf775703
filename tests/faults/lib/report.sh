# What a case says: marks while it runs, complaints, and one line at the end.

faults=0 jobs=0 lost=0 duplicates=0 reexec=0 all_cells=0 peak_most=0
complaints=()
begun=$(now)

mark() { moment=$(now); printf '  %7.2f s  %s\n' "$(($(now) - begun))e-3" "$*"; }
bad() { complaints+=("$*"); mark "BAD: $*"; }
equal() { [ "$2" = "$3" ] || bad "$1 is $2, not $3"; }
at_most() { awk -v v="$2" -v b="$3" 'BEGIN { exit !(v <= b) }' || bad "$1 is $2, bound $3"; }
at_least() { awk -v v="$2" -v b="$3" 'BEGIN { exit !(v >= b) }' || bad "$1 is $2, bound $3"; }
seconds() { awk -v ms="$1" 'BEGIN { printf "%.1f", ms / 1000 }'; }

report() {
  local line
  equal lost "$lost" 0
  equal dup "$duplicates" 0
  line="faults=$faults jobs=$jobs cells=$all_cells lost=$lost dup=$duplicates reexec=$reexec"
  echo "$line stall=$(seconds "$stall") s sha=${hash:0:16}${note:+ $note} rss=$peak_most MB"
  if [ ${#complaints[@]} -gt 0 ]; then
    printf "FAIL $case_id seed=$seed: %s\n" "${complaints[@]}"
    return 1
  fi
  echo "ok   $case_id seed=$seed"
}
