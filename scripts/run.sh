#!/usr/bin/env bash
# Opens the app where there is a display; elsewhere analyses the sample call and prints what Sameside heard.
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

sample=assets/calls/parcel-recovery.flac

# Qt itself is the judge: a display may be named and still refuse us.
qt_can_open() {
    bash -c 'ulimit -c 0
        .venv/bin/python -c "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
        exit $?' >/dev/null 2>&1
}

has_display() {
    [ "$(uname -s)" = Darwin ] && return 0
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 1
    qt_can_open && return 0
    warn "a display is named (${WAYLAND_DISPLAY:-$DISPLAY}) but cannot be opened"
    return 1
}

if has_display; then
    say "opening the app"
    exec .venv/bin/sameside app "$@"
fi
say "no display here: analysing the sample call $sample instead"
exec .venv/bin/sameside review "$sample"
