#!/usr/bin/env bash
# Every test: two at a time, then those in which seconds of real sound count, with nothing beside them.
# Arguments go to pytest, such as -k name.
set -uo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# What tests write is forgotten anyway: in memory a store does not wait for the disk. Tests start programs there too.
memory=/dev/shm least_kb=2000000
room_kb() { df -Pk "$1" | awk 'NR == 2 { print $4 }'; }
if [ -w "$memory" ] && [ "$(room_kb "$memory")" -gt "$least_kb" ]; then
    fast="$(mktemp -d "$memory/sameside-XXXXXX")"
    trap 'rm -rf "$fast"' EXIT
    printf '#!/bin/sh\n' >"$fast/runs"
    chmod +x "$fast/runs"
    if "$fast/runs"; then
        export TMPDIR="$fast"
    fi
fi

# Tests start Sameside many times. Where nothing compiled may be kept, each would compile all of it for itself.
unset PYTHONDONTWRITEBYTECODE

nothing_chosen=5 # pytest's exit code where no test was chosen
run() {
    .venv/bin/python -m pytest "$@"
    local code=$?
    if [ "$code" -eq "$nothing_chosen" ]; then
        empty=$((empty + 1))
    elif [ "$code" -ne 0 ]; then
        failed=$code
    fi
}

empty=0 failed=0
run -n 2 --dist loadfile --no-loadscope-reorder -m "not alone" "$@"
run -m alone "$@"
[ "$empty" -lt 2 ] || failed=$nothing_chosen
exit "$failed"
