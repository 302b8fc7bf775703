# Cells that break, each in another way, and silos of another build.

case_F20() {
  local k plain=$work/plain.yaml poison=$work/poisoned.yaml
  silo_dll=$poison_dll
  export SCENARIOGRID_WINDOW_SECONDS=12
  sed -e '/^sweep:/,$d' "$work/reference.yaml" >"$plain"
  sed -i 's/^    bridge: {/    poison: {kind: poison}\n&/' "$plain"
  printf 'sweep:\n  poison.level: {from: 1, to: %s, steps: %s}\n' "$cells" "$cells" >>"$plain"
  printf 'objectives:\n  robustness: minimise vaults.badDebt.es95\n' >>"$plain"
  sed "s/{kind: poison}/{kind: poison, throws: 31, notANumber: 82, leaks: 133, endless: 184}/" "$plain" >"$poison"
  cluster 3
  submit 1 healthy "$plain"
  meter healthy 1 2 3
  await_end
  end_meter
  judge 1 healthy any
  faults=4
  submit 1 poisoned "$poison"
  meter poisoned 1 2 3
  keep_alive
  stall=$(stall_ms)
  end_meter
  failed_wanted=4
  judge 1 poisoned any
  same_but 4
  for k in 'InvalidOperationException: poison' numeric-fault conservation 'window did not end'; do
    grep -q "$k" "$work/poisoned.rows" || bad "no row says $k"
  done
}

same_but() { # same_but N: all rows of the poisoned campaign but N are those of the healthy one, bit for bit
  local differ
  differ=$(join <(sort -k1,1 "$work/healthy.rows") <(sort -k1,1 "$work/poisoned.rows" | cut -d' ' -f1,2) |
    awk '$2 != $3' | wc -l)
  equal "cells that differ from those without poison" "$differ" "$1"
}
