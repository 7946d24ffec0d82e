# Xinheng 信衡. `make help` lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
SCRIPTS := scripts/lock scripts/write-pictures scripts/write-reference  # Python without the ending that Ruff looks for

.PHONY: help setup run test check bench bench-names docs lock clean

help: ## list these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(STAMP)/python $(STAMP)/frontend ## make the environment in .venv and fetch the front-end packages

$(STAMP)/python: requirements/dev.lock pyproject.toml
	@scripts/check-python "$(PYTHON)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(STAMP)/frontend: package-lock.json package.json $(STAMP)/python
	@scripts/install-frontend
	@touch $@

run: setup ## start the platform with a small sample province at http://127.0.0.1:8000
	@exec $(BIN)/xinheng run

test: setup ## run the whole suite, on as many processors as there are
	@scripts/install-browser
	@exec $(BIN)/python -m pytest -n logical --maxprocesses 6 --dist loadfile --no-loadscope-reorder

check: setup ## lint, types, import rules, repository tests
	$(BIN)/ruff check . $(SCRIPTS)
	$(BIN)/ruff format --check . $(SCRIPTS)
	$(BIN)/mypy
	$(BIN)/lint-imports --config pyproject.toml
	$(BIN)/python -m pytest -q tests/repository --ignore tests/repository/test_checks.py

bench: setup ## measure against the physical limits (docs/benchmarks.md)
	@exec $(BIN)/python -m tests.benchmarks

bench-names: setup ## measure the comparing of names on pairs of 53 kinds, beside peers where installed
	@exec $(BIN)/python -m tests.benchmarks.names

docs: setup ## write the generated pages of docs/reference again
	$(BIN)/python scripts/write-reference

lock: setup ## pin the dependencies again (hashes, no addresses)
	$(BIN)/python scripts/lock

clean: ## remove the environment (not the data in ./var)
	rm -rf $(VENV) node_modules
