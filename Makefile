# Two commands: `make build` and `make test`. Both set up what they need in .venv; the second run is quick.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PEERS  := .benchmarks/peers

.DEFAULT_GOAL := build
.PHONY: build check test update lint accuracy bench bench-peers fuzz clean help

build: $(VENV)/.installed ## read specs/, write out/
	$(BIN)/fieldgen build

check: $(VENV)/.installed ## say whether out/ is up to date; write nothing
	$(BIN)/fieldgen check

# A file of tests stays with one process: what its fixtures build is built once.
test: $(VENV)/.test-installed ## run all tests
	$(BIN)/python -m pytest -n auto --dist loadfile

# pytest-snapshot ends with 1 when it changed a file, so the first run only writes and the second one judges.
update: $(VENV)/.test-installed ## rewrite the expected files of the cases, then read `git diff tests/cases`
	-$(BIN)/python -m pytest tests/test_cases.py -q --no-summary --tb=no --snapshot-update --allow-snapshot-deletion
	$(BIN)/python -m pytest tests/test_cases.py -q

accuracy: $(VENV)/.test-installed ## score the corpus that FIELDGEN_CORPUS names, rewrite docs/accuracy.md
	$(BIN)/python tests/accuracy/measure.py --write

bench: $(VENV)/.test-installed ## what builds and their outputs cost, as ratios; some five minutes
	$(BIN)/python tests/benchmarks/cold.py
	$(BIN)/python tests/benchmarks/jobs.py
	$(BIN)/python tests/benchmarks/incremental.py 10000
	$(BIN)/python tests/benchmarks/reading.py
	$(BIN)/python tests/benchmarks/layouts.py
	$(BIN)/python tests/benchmarks/codecs.py

bench-peers: $(VENV)/.test-installed $(PEERS)/.installed ## the same against peers, side by side; installs them
	$(BIN)/python tests/benchmarks/peers.py $(PEERS)
	$(PEERS)/bin/python tests/benchmarks/codecs.py

fuzz: $(VENV)/.test-installed ## change files at random for SECONDS, and say what breaks
	$(BIN)/python tests/fuzz/fuzz.py --seconds $(or $(SECONDS),60) --seed $(or $(SEED),1)

lint: $(VENV)/.test-installed ## ruff, black and mypy on our own code
	$(BIN)/ruff check .
	$(BIN)/black --check --quiet . || { echo "not what black makes of it: run $(BIN)/black ." >&2; exit 1; }
	$(BIN)/mypy --strict generator

clean: ## remove .venv and what tools left behind
	rm -rf $(VENV) $(PEERS) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find generator tests -name __pycache__ -prune -exec rm -rf {} +

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /make \1: /p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "fieldgen needs Python 3.11 or newer as $(PYTHON); another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) lacks venv or ensurepip; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.installed: pyproject.toml generator/__init__.py | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test-installed: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

$(PEERS)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[peers]'
	@if command -v npm >/dev/null; then npm install --silent --prefix $(PEERS) quicktype; else \
	  echo "no npm here: quicktype is left out" >&2; fi
	@touch $@
