#!/usr/bin/env bash
# Every test: two at a time, then those that use a screen and a sound server in real time, alone.
# Arguments go to pytest, such as -k name.
set -uo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

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
run -n 2 --dist loadfile --no-loadscope-reorder -m "not desktop" "$@"
run -m desktop "$@"
[ "$empty" -lt 2 ] || failed=$nothing_chosen
exit "$failed"
