#!/usr/bin/env bash
# Reads the progress of a campaign four times a second and writes "MILLISECONDS DONE STATE" lines. It asks the silo that
# answered last; when that one is silent for a second it asks the next.
# usage: meter.sh WORK CAMPAIGN, in the hub's namespace; WORK/order holds the addresses to ask
work=$1
campaign=$2
read -ra order <"$work/order"
at=0
while :; do
  read -r up _ </proc/uptime
  if answer=$(curl -sf --max-time 1 -H "@$work/header" "http://${order[at]}:8080/api/v1/campaigns/$campaign") &&
    [[ $answer =~ \"state\":\ *\"([A-Za-z]+)\" ]]; then
    state=${BASH_REMATCH[1]}
    [[ $answer =~ \"done\":\ *([0-9]+) ]] && echo "$((10#${up/./} * 10)) ${BASH_REMATCH[1]} $state"
  else
    at=$(((at + 1) % ${#order[@]}))
  fi
  sleep 0.25
done
