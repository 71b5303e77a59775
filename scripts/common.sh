# Shared by the scripts beside it; sourced, not run.
# shellcheck shell=bash

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root" || exit 1

say() { printf 'sameside: %s\n' "$*"; }
warn() { printf 'sameside: %s\n' "$*" >&2; }
stop() {
    warn "$*"
    exit 1
}
