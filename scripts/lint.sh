#!/usr/bin/env bash
# Format, lint, types and import contracts.
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

say "format";           .venv/bin/ruff format --check .
say "lint";             .venv/bin/ruff check .
say "types";            .venv/bin/python -m mypy
say "import contracts"; .venv/bin/lint-imports
if command -v shellcheck >/dev/null; then
    say "shell scripts"
    shellcheck -x scripts/*.sh .ci/run
fi
