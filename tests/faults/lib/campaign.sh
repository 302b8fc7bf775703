# Campaigns: submit, follow, judge.

is_yaml='Content-Type: application/yaml'

reference_file() { # the reference campaign with as many cells as this run may spend; all but one axis are fixed
  local steps=$((cells / 100))
  sed "s/steps: 50}/steps: $steps}/" tests/faults/reference.yaml >"$work/reference.yaml"
}

reference_hash() { # hash of the fault-free embedded run, kept for this build and this file
  local key folder=${TMPDIR:-/tmp}/scenariogrid-faults-$(id -u)
  key=$(cat "$work/reference.yaml" "$(dirname "$cli_dll")"/ScenarioGrid*.dll | sha256sum | cut -c1-32)
  mkdir -p "$folder"
  if ! [ -s "$folder/$key" ]; then
    dotnet "$cli_dll" run "$work/reference.yaml" --id h0 --runs "$work/runs" >"$work/h0.log" 2>&1 ||
      refuse "the embedded run failed: $(tail -n 2 "$work/h0.log")"
    jq -er .resultHash "$work/runs/h0/manifest.json" >"$work/h0"
    mv "$work/h0" "$folder/$key"
  fi
  cat "$folder/$key"
}

submit() { # submit K ID [FILE [QUERY]]: the text carries the id, because equal texts are one campaign
  local answer
  sed "s/^campaign: .*/campaign: $2/" "${3:-$work/reference.yaml}" >"$work/$2.text"
  answer=$(api "$1" POST "/api/v1/campaigns?id=$2${4:-}" --data-binary "@$work/$2.text" \
    -H "$is_yaml") || refuse "submit: $answer"
  jobs=$((jobs + 1))
  mark "submitted $2"
}

rows() { # rows K ID CELLS: counts what is stored, row by row, without asking the ledger's counters
  local counted
  counted=$("${hub[@]}" dotnet "$poison_dll" rows "http://$(silo_ip "$1"):8080" "$work/token" "$2" \
    2>"$work/rows.log" | tee "$work/$2.rows" | awk '{ n[$1]++ } END { for (c in n) { cells++; more += n[c] - 1 }
      print cells + 0, more + 0 }') || { bad "rows of $2: $(tail -n 1 "$work/rows.log")"; return; }
  equal "cells with a stored row of $2" "${counted% *}" "$3"
  duplicates=$((duplicates + ${counted#* }))
}

meter() { # meter ID K...: follows a campaign by asking these silos
  local id=$1 k
  shift
  for k in "$@"; do silo_ip "$k"; done | tr '\n' ' ' >"$work/order"
  : >"$work/progress"
  spawn meter "$work/progress" "${hub[@]}" bash tests/faults/lib/meter.sh "$work" "$id"
}

end_meter() { alive meter && { signal KILL meter; reap meter || true; }; }

done_cells() { tail -n 1 "$work/progress" | cut -d' ' -f2; }
done_part() { [ "$(done_cells)" -ge $(($1 * cells / 100)) ]; }
await_part() { until_true "${2:-120}" done_part "$1" || bad "$1 % was not reached: $(tail -n 1 "$work/progress")"; }
has_ended() { [[ $(tail -n 1 "$work/progress") =~ (completed|cancelled|lost) ]]; }
await_end() { # await_end [SECONDS]
  until_true "${1:-$end_seconds}" has_ended || bad "not ended after ${1:-$end_seconds} s: $(tail -n 1 "$work/progress")"
}

stall_ms() { # stall_ms [FROM [TO]]: longest time without a new cell, from the first cell on
  awk -v from="${1:-0}" -v to="${2:-9e15}" '
    $2 > 0 && !was { was = 1; last = $1; cells = $2 }
    was && $1 >= from && $1 <= to {
      start = last < from ? from : last
      if ($1 - start > most) most = $1 - start
    }
    was && $2 > cells { cells = $2; last = $1 }
    $3 == "completed" { exit }
    END { print most + 0 }' "$work/progress"
}

rate() { # rate FROM TO: cells per second between two moments, up to the end of the campaign
  awk -v from="$1" -v to="$2" '
    $1 >= from && $2 > 0 && !t0 { t0 = $1; c0 = $2 }
    $1 <= to && t0 && !over { t1 = $1; c1 = $2 }
    $3 != "running" { over = 1 }
    END { print (t1 > t0 ? 1000 * (c1 - c0) / (t1 - t0) : 0) }' "$work/progress"
}

recovered_ms() { # recovered_ms MOMENT: how long after it the first new cell was counted
  awk -v from="$1" '$1 < from { before = $2; next }
    $2 > before { print $1 - from; found = 1; exit } END { if (!found) print 999999 }' "$work/progress"
}

conclude() { # conclude K: the account of the ended reference campaign and the bounds that all cases share
  end_meter
  stall=$(stall_ms)
  [ "$stall_bound" = - ] || at_most "longest stall in s" "$(seconds "$stall")" "$stall_bound"
  judge "$1" reference
  case $reexec_bound in
    -) ;;
    *%) at_most "re-executed cells in %" "$(share $((100 * reexec)) "$cells")e-2" "${reexec_bound%\%}" ;;
    *) at_most "re-executed cells" "$reexec" "$reexec_bound" ;;
  esac
}

keeps_rate() { # keeps_rate MOMENT FROM TO: cells per second FROM to TO ms after a fault, as a share of those before it
  local before after part
  before=$(rate 0 "$1") after=$(rate $(($1 + $2)) $(($1 + $3)))
  part=$(share "$after" "$before")
  mark "throughput $before cells/s before, $after cells/s after: $part %"
  note="$note rate=$part%"
  [ "$rate_bound" = - ] || at_least "throughput in %" "$part" "$rate_bound"
}

share() { awk -v a="$1" -v b="$2" 'BEGIN { print int(b > 0 ? 100 * a / b : 0) }'; }

judge() { # judge K ID [HASH]: accounts of an ended campaign, as silo K tells them
  local k=$1 id=$2 wanted=${3:-$h0} status
  status=$(api "$k" GET "/api/v1/campaigns/$id") || { bad "no status of $id: $status"; return; }
  count() { jq -r ".counts.$1 // 0" <<<"$status"; }
  local total finished failed
  total=$(jq .cells <<<"$status") finished=$(jq .done <<<"$status") failed=$(jq .failed <<<"$status")
  hash=$(jq -r '.resultHash // "none"' <<<"$status")
  lost=$((lost + total - finished))
  all_cells=$((all_cells + total))
  reexec=$((reexec + $(count repeated)))
  duplicates=$((duplicates + $(count conflicts)))
  counts=$(jq -c .counts <<<"$status")
  rows "$k" "$id" "$total"
  equal "state of $id" "$(jq -r '.state' <<<"$status")" completed
  equal "failed cells of $id" "$failed" "${failed_wanted:-0}"
  [ "$wanted" = any ] || equal "hash of $id" "$hash" "$wanted"
}
