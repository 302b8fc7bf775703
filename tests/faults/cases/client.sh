# Clients that die, whose disk is full, or that ask for too much.

case_F15() { # nobody watches any more: nothing is lost, and the next client goes on where the campaign is
  local before after
  cluster 3
  submit 1 reference
  meter reference 1 2 3
  await_part 50
  mark "kill -9 client"
  faults=1
  end_meter
  sleep 2
  cp "$work/progress" "$work/first"
  submit 2 reference
  jobs=1
  meter reference 2 3 1
  await_end
  cat "$work/first" "$work/progress" >"$work/both" && mv "$work/both" "$work/progress"
  conclude 2
  rows 3 reference "$cells"
  before=$(sort -n "$work/reference.rows" | sha256sum)
  rows 1 reference "$cells"
  after=$(sort -n "$work/reference.rows" | sha256sum)
  equal "what two clients read" "$before" "$after"
  tests/faults/resume.sh >"$work/resume.log" 2>&1 || bad "embedded resume: $(tail -n 1 "$work/resume.log")"
}

case_F17() { # the disk of a client's own run is full
  local code=0 folder=$work/small
  full_disk "$folder" 3
  mark "run on a disk of 3 MB"
  faults=1
  dotnet "$cli_dll" run "$work/reference.yaml" --id small --runs "$folder" >"$work/run.log" 2>&1 || code=$?
  mark "ended with $code: $(tail -n 1 "$work/run.log")"
  equal "exit code" "$code" 74
  local file
  for file in "$folder"/small/{cells.csv,cells/part-0.parquet,series/part-0.parquet,report.html}; do
    [ -e "$file" ] && bad "$file is there although the disk was full"
  done
  mount -o remount,size=512m "$folder"
  code=0
  dotnet "$cli_dll" resume small --runs "$folder" >"$work/resume.log" 2>&1 || code=$?
  equal "exit code of resume" "$code" 0
  hash=$(jq -r .resultHash "$folder/small/manifest.json")
  equal "hash after resume" "$hash" "$h0"
  jobs=1 all_cells=$cells
}

case_F23() { # a million cells, a flood of submissions, and the end of it at half
  local million=$work/million.yaml at took
  cells=${FAULTS_CELLS:-1000000}
  users 6
  cluster 3
  sed -e 's/paths: .*/paths: 16/' -e 's/horizon: .*/horizon: 10m/' -e '/^  stress:/,/^sweep:/{/^sweep:/!d}' \
    -e "s/^  twap.window: .*/  vaults.debt: {from: 100M USD, to: 900M USD, steps: $((cells / 500))}/" \
    tests/faults/reference.yaml >"$million"
  submit 1 million "$million"
  meter million 1 2 3
  await_part 10 600
  flood
  await_part 50 900
  note="$note rate=$(rate 0 "$(now)" | cut -d. -f1)/s"
  local k
  for k in 1 2 3; do at_most "silo $k in MB" "$(peak_mb "silo$k")" 600; done
  at_most "store in MB" "$(peak_mb store)" 250
  at=$(now)
  api 1 POST '/api/v1/campaigns/million/cancel?reason=enough' >/dev/null || bad "cancel failed"
  until_true 10 all_idle || bad "workers are not idle 10 s after the end"
  took=$(($(now) - at))
  mark "idle $took ms after the cancellation"
  at_most "time to idle in ms" "$took" 5000
  equal state "$(api 1 GET /api/v1/campaigns/million | jq -r '.state')" cancelled
  end_meter
  stall=$(stall_ms) hash=cancelled
}

all_idle() { api 1 GET /api/v1/cluster | jq -e '[.silos[].slots[]] | all(. == "idle")'; }

users() { # users N: submitters u1..uN, each with its token
  local k token
  for k in $(seq "$1"); do
    token=sg_$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
    (umask 077
      echo "Authorization: Bearer $token" >"$work/header.$k"
      echo "u$k submitter $(printf %s "$token" | sha256sum | cut -d' ' -f1) 2099-01-01T00:00:00Z" >>"$work/tokens")
  done
}

flood() { # ten times what may be submitted: refused at once with 429, and accepted work hardly notices what is refused
  local refused slowest offered
  small_campaign 10m # cells as large as those of the million, so that they count alike
  storm 1 23 7/s
  offered=$storm_rate
  equal "refused submissions within the limits" "$(grep -c '^429 ' "$work/storm.answers")" 0
  storm 4 80 24/s
  faults=1
  refused=$(grep -c '^429 ' "$work/storm.answers")
  slowest=$(awk '$1 == 429 && $2 > most { most = $2 } END { print most + 0 }' "$work/storm.answers")
  mark "flood of 240: $refused refused, slowest $slowest s; $offered cells/s within the limits, $storm_rate in the flood"
  at_least "refused submissions" "$refused" 100
  at_most "slowest refusal in s" "$slowest" 0.1
  at_least "throughput under the flood in %" "$(share "$storm_rate" "$offered")" 80
}

storm() { # storm FIRST EACH RATE: three users submit EACH campaigns; storm_rate is what all campaigns did meanwhile
  local from new k n
  : >"$work/storm.config"
  for n in $(seq "$2"); do
    for k in $(seq "$1" $(($1 + 2))); do
      sed "s/^campaign: .*/campaign: storm-$k-$n/" "$work/small.yaml" >"$work/storm-$k-$n.yaml"
      [ -s "$work/storm.config" ] && echo next >>"$work/storm.config"
      printf '%s\n' "url = http://$(silo_ip $((n % 3 + 1))):8080/api/v1/campaigns?id=storm-$k-$n" \
        "header = @$work/header.$k" "header = \"$is_yaml\"" "data-binary = @$work/storm-$k-$n.yaml" \
        "output = /dev/null" "max-time = 10" 'write-out = "%{http_code} %{time_total}\n"' >>"$work/storm.config"
    done
  done
  from=$(now)
  new=$(($(done_cells) + $(stormed)))
  "${hub[@]}" curl -s --rate "$3" -K "$work/storm.config" >"$work/storm.answers"
  new=$(($(done_cells) + $(stormed) - new))
  storm_rate=$((1000 * new / ($(now) - from)))
  equal "answers" "$(wc -l <"$work/storm.answers")" $((3 * $2))
}

stormed() { # cells of the accepted campaigns of all storms that are done
  api 1 GET /api/v1/campaigns | jq '[.campaigns[] | select(.campaign | startswith("storm-")) | .done] | add // 0'
}

small_campaign() { # small_campaign HORIZON: a few quick cells
  sed -e 's/paths: .*/paths: 16/' -e "s/horizon: .*/horizon: $1/" -e 's/steps: [0-9]*}/steps: 2}/' \
    -e '/^  stress:/,/^sweep:/{/^sweep:/!d}' tests/faults/reference.yaml >"$work/small.yaml"
}

case_F24() { # every accepted campaign is listed and ends, whatever dies while it is accepted
  local k n total=200 victim answer id accepted=0
  users 40
  small_campaign 1h
  cluster 3
  : >"$work/accepted"
  for n in $(seq $((total / 40))); do
    for k in $(seq 40); do
      if [ $((RANDOM % 10)) -eq 0 ]; then
        victim=$((RANDOM % 4))
        if [ "$victim" -eq 0 ]; then
          mark "kill -9 store"
          faults=$((faults + 1))
          store_kill
          store_up
        else
          kill_silo "$victim"
          start_silo "$victim"
        fi
      fi
      accept "$k" "$n"
    done
  done
  await_silos 1 2 3
  accepted=$(sort -u "$work/accepted" | wc -l)
  equal "accepted campaigns" "$accepted" "$total"
  until_true 240 all_ended || bad "not all ended: $(campaigns | jq -c 'group_by(.state)|map({(.[0].state):length})')"
  equal "listed campaigns" "$(campaigns | jq length)" "$total"
  equal "completed campaigns" "$(campaigns | jq 'map(select(.state == "completed")) | length')" "$total"
  hash=$(campaigns | jq -r '[.[].resultHash] | unique | join(",")')
  equal "different hashes" "$(tr -cd , <<<"$hash" | wc -c)" 0
  lost=$(campaigns | jq '[.[] | .cells - .done] | add')
  all_cells=$(campaigns | jq '[.[].cells] | add')
  reexec=$(campaigns | jq '[.[].counts.repeated // 0] | add')
  duplicates=$(campaigns | jq '[.[].counts.conflicts // 0] | add')
  jobs=$total
}

accept() { # accept USER N: submits until a silo has answered, and again with the same id when the answer was lost
  local answer try
  sed "s/^campaign: .*/campaign: c$1-$2/" "$work/small.yaml" >"$work/one.yaml"
  for try in $(seq 60); do
    if answer=$("${hub[@]}" curl -s --fail --max-time 5 -X POST -H "@$work/header.$1" -H "$is_yaml" \
      --data-binary "@$work/one.yaml" \
      "http://$(silo_ip $((RANDOM % 3 + 1))):8080/api/v1/campaigns?id=c$1-$2"); then
      jq -r .campaign <<<"$answer" >>"$work/accepted"
      return
    fi
    sleep 0.3
  done
  bad "c$1-$2 was never accepted"
}

campaigns() { api 1 GET /api/v1/campaigns | jq .campaigns; }
all_ended() { campaigns | jq -e 'all(.state | IN("completed", "cancelled"))'; }
