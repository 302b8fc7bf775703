#!/usr/bin/env bash
# Watches a campaign as a console does: one stream of events, and when its silo dies the stream of the next one.
# Writes "SILO DONE STATE" lines and ends with the campaign.
# usage: watch.sh WORK CAMPAIGN ADDRESS..., in the hub's namespace
work=$1
campaign=$2
shift 2
while :; do
  for silo in "$@"; do
    while read -r line; do
      [[ $line =~ ^data:.*\"state\":\"([a-z]+)\" ]] || continue
      state=${BASH_REMATCH[1]}
      [[ $line =~ \"done\":([0-9]+) ]] && echo "$silo ${BASH_REMATCH[1]} $state"
      [ "$state" = completed ] && exit 0
    done < <(curl -sfN --connect-timeout 1 -H "@$work/header" "http://$silo:8080/api/v1/campaigns/$campaign/events")
    sleep 0.2
  done
done
