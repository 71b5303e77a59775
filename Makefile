# Two commands matter: "make run" and "make test". Each sets up what it needs and says what it does.
.DEFAULT_GOAL := help
.PHONY: help run test fuzz lint check setup lock model pictures clean

help: ## show these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## set up, then open the app (without a display: analyse the sample call)
	@scripts/setup.sh run
	@scripts/run.sh $(ARGS)

test: ## set up for testing, then run every test (ARGS="-k name" picks some)
	@scripts/setup.sh test
	@scripts/test.sh $(ARGS)

fuzz: ## every property test with examples that differ from run to run
	@scripts/setup.sh test
	@.venv/bin/python -m pytest -n 2 --hypothesis-profile=random -m "hypothesis and not desktop" $(ARGS)

lint: ## format, lint, types, import contracts
	@scripts/setup.sh test
	@scripts/lint.sh

check: lint test ## everything a change must pass

setup: ## set up for running and testing, start nothing
	@scripts/setup.sh test

lock: ## lock the dependencies again after pyproject.toml changed (ARGS=--upgrade for newer versions)
	@scripts/lock.sh $(ARGS)

model: ## train the moves detector again (an hour or two; needs PyTorch, set up apart)
	@scripts/model.sh

pictures: ## take the screenshots of docs/pictures again
	@scripts/setup.sh test
	@QT_QPA_PLATFORM=offscreen .venv/bin/python scripts/screenshots.py

clean: ## remove what set-up and the tools made (not your calls, not the model files)
	rm -rf .venv .venv-train .model-work .stamps build dist .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
