#!/usr/bin/env bash
# Runs a LesionJ macro in a headless Fiji and judges it by the ledger, for Fiji's own exit status is always 0.
#   batch_fiji.sh FIJI MACRO ARGUMENT RESULTS
# FIJI is Fiji's launcher (fiji, ImageJ-linux64, fiji-linux-x64 ...), RESULTS the folder that the macro writes to.
# Exit status: 0 done, 1 failed, 2 wrong use, 3 finished but some images failed (they are in failures.csv).
set -u
if [ $# -ne 4 ]; then
  echo "Use: batch_fiji.sh FIJI MACRO ARGUMENT RESULTS" >&2
  exit 2
fi
fiji=$1 macro=$2 argument=$3 results=$4
[ -x "$fiji" ] || { echo "Fiji's launcher $fiji is not there or cannot be run." >&2; exit 2; }
[ -f "$macro" ] || { echo "The macro $macro is not there." >&2; exit 2; }

started=$(mktemp)
trap 'rm -f "$started"' EXIT
"$fiji" --headless --console -macro "$macro" "$argument"

ledger=$results/run.json
if [ ! -f "$ledger" ] || [ "$ledger" -ot "$started" ]; then
  echo "No new $ledger: the macro did not come to its end." >&2
  exit 1
fi
status=$(sed -n 's/^ *"status": *"\([a-z]*\)".*/\1/p' "$ledger" | head -n 1)
case "$status" in
  done) exit 0 ;;
  partial) echo "Some images failed; see $results/failures.csv" >&2; exit 3 ;;
  *) echo "The run ended as '$status'; see $ledger" >&2; exit 1 ;;
esac
