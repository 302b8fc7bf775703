# One silo after the other is replaced, and a silo of another engine joins.

case_F22() {
  local k other=$work/other
  dotnet build src/ScenarioGrid.Silo -c Release -v q -p:Version=0.0.9 --artifacts-path "$other" \
    >"$work/build.log" 2>&1 || refuse "the other build failed: $(tail -n 3 "$work/build.log")"
  cluster 3
  submit 1 reference
  meter reference 1 2 3
  await_part 5
  for k in 1 2 3 3 2 1; do
    mark "silo $k is replaced"
    faults=$((faults + 1))
    end_silo "$k"
    start_silo "$k"
    await_silos "$k"
  done
  await_end
  conclude 1
  mark "silo 3 is of another engine"
  end_silo 3
  silo_dll=$(find "$other/bin" -name ScenarioGrid.Silo.dll | head -n 1)
  start_silo 3
  await_silos 3
  alone newer 1 3
  alone older 3 1
}

alone() { # alone ID K NOT: the campaign that silo K took in is computed, and never by silo NOT
  local before
  before=$(cells_of "$3")
  submit "$2" "$1"
  meter "$1" "$2"
  await_end
  end_meter
  judge "$2" "$1"
  equal "cells of $1 that the other engine computed" $(($(cells_of "$3") - before)) 0
}

cells_of() { # cells that silo K has finished since it started, as silo 1 sees it
  api 1 GET /api/v1/cluster | jq --arg ip "$(silo_ip "$1"):" \
    '[.silos[] | select(.silo | contains($ip)) | .cells] | last // 0'
}

computed() { at_least "cells that silo $1 computed" "$(cells_of "$1")" 1; }
