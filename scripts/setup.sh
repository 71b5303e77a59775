#!/usr/bin/env bash
# Sets up all that running (or, with "test", testing) needs. Safe to run again: it does only what is missing.
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

mode="${1:-run}"
case "$mode" in
    run) lock=requirements/runtime.lock ;;
    test) lock=requirements/dev.lock ;;
    *) stop "usage: scripts/setup.sh [run|test]" ;;
esac
python=.venv/bin/python

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        return 1
    fi
}

apt_updated=no
apt_install() {
    if ! as_root true; then
        warn "installing Debian packages takes root or sudo, and here is neither"
        return 1
    fi
    if [ "$apt_updated" = no ]; then
        say "reading the list of Debian packages"
        as_root apt-get update -q >/dev/null 2>&1 || warn "apt-get update failed; trying with the list that is here"
        apt_updated=yes
    fi
    say "installing Debian packages: $*"
    local log
    log="$(mktemp)"
    if ! as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "$@" >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

# --- system libraries -------------------------------------------------------------------------

is_here() { # kind, what
    case "$1" in
        lib) grep -qF "$2 " <<<"$libraries" ;;
        alsa) compgen -G "/usr/lib/*/alsa-lib/$2" >/dev/null || compgen -G "/usr/lib*/alsa-lib/$2" >/dev/null ;;
        tool) command -v "$2" >/dev/null ;;
    esac
}

system_packages() {
    [ "$(uname -s)" = Linux ] || return 0
    local need kind what package missing=()
    libraries="$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)"
    while read -r need kind what package; do
        case "$need" in '' | '#'*) continue ;; esac
        [ "$need" = test ] && [ "$mode" = run ] && continue
        is_here "$kind" "$what" || missing+=("$package")
    done <scripts/system_needs.txt
    if [ "${#missing[@]}" -eq 0 ]; then
        say "system libraries: all here"
    elif ! command -v apt-get >/dev/null; then
        warn "this system has no apt-get; please install what Debian calls: ${missing[*]}"
    else
        apt_install "${missing[@]}" || warn "please install by hand: ${missing[*]}"
    fi
}

# --- Python and the virtual environment -------------------------------------------------------

find_python() {
    local candidate
    for candidate in python3.11 python3.12 python3.13 python3 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

can_make_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

base_python() {
    local found
    found="$(find_python)" || found=""
    if [ -z "$found" ]; then
        command -v apt-get >/dev/null || stop "Python 3.11 or newer is needed; please install it and run this again"
        apt_install python3 python3-venv >&2 || stop "please install Python 3.11 or newer and run this again"
        found="$(find_python)" || stop "this system's Python is older than 3.11; please install a newer one"
    fi
    if ! can_make_venv "$found"; then
        local version
        version="$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
        apt_install "python$version-venv" >&2 || true
        can_make_venv "$found" || stop "$found cannot make a virtual environment; please install python$version-venv"
    fi
    printf '%s\n' "$found"
}

make_venv() {
    # A tree that was moved leaves scripts behind that point to the old place.
    if [ -e .venv/.made-in ] && [ "$(cat .venv/.made-in)" != "$root" ]; then
        say "the folder has moved: making .venv anew"
        rm -rf .venv
    fi
    if "$python" -m pip --version >/dev/null 2>&1; then
        return
    fi
    local base
    base="$(base_python)"
    say "making .venv with $("$base" --version) ($base)"
    rm -rf .venv .stamps
    "$base" -m venv .venv
    printf '%s\n' "$root" >.venv/.made-in
}

pip_install() {
    local quiet=(-q)
    [ -t 1 ] && quiet=()
    "$python" -m pip install --disable-pip-version-check --no-input "${quiet[@]}" "$@"
}

stamp_of() { # lock file: changes when anything the installation depends on does
    { printf '%s\n' "$root"; "$python" --version; cat "$1" pyproject.toml; } | "$python" -c \
        'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'
}

is_stamped() { [ -e ".stamps/$1" ] && [ "$(cat ".stamps/$1")" = "$2" ]; }

python_packages() {
    local stamp
    stamp="$(stamp_of "$lock")"
    if is_stamped "$mode" "$stamp"; then
        say "Python packages: as locked in $lock"
        return
    fi
    say "installing $(grep -c '==' "$lock") locked Python packages from $lock (some minutes the first time)"
    # pip itself first, hashed like the rest: the one that came with Python may be too old.
    local pip_lock
    pip_lock="$(mktemp)"
    awk '/^pip==/ { on = 1 } on { print } on && !/\\$/ { exit }' "$lock" >"$pip_lock"
    pip_install --require-hashes -r "$pip_lock"
    rm -f "$pip_lock"
    pip_install --require-hashes -r "$lock"
    say "installing Sameside itself, editable"
    pip_install --no-deps --no-build-isolation -e .
    mkdir -p .stamps
    printf '%s\n' "$stamp" >".stamps/$mode"
    if [ "$mode" = test ]; then
        # The dev lock holds every runtime package at the same version.
        stamp_of requirements/runtime.lock >.stamps/run
    fi
}

# --- model files ------------------------------------------------------------------------------

model_files() {
    say "model files: checking, and fetching what is missing"
    .venv/bin/sameside models get base ||
        warn "going on without the recognition model"
}

system_packages
make_venv
python_packages
model_files
say "ready"
