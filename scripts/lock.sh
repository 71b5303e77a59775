#!/usr/bin/env bash
# Locks the dependencies of pyproject.toml, with hashes, for every platform and Python from 3.11 on.
# "scripts/lock.sh --upgrade" takes the newest versions; without it, what is locked stays where it can.
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ -x .venv/bin/uv ] || .venv/bin/python -m pip install -q uv
compile() { # output, then inputs and options
    local output="$1"
    shift
    say "locking $output"
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-annotate --output-file "$output" "$@"
}

compile requirements/runtime.lock pyproject.toml requirements/build.in "$@"
compile requirements/dev.lock pyproject.toml requirements/build.in --extra dev \
    --constraint requirements/runtime.lock "$@"
if grep -nE 'https?://|file:|index-url|find-links' requirements/*.lock; then
    stop "a lock names a host or an index; it must not"
fi
