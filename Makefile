# Two commands are enough: `make run` shows the house with a sample province, `make test` proves it.
PYTHON ?= $(shell scripts/python)
VENV := .venv
BIN := $(VENV)/bin
# Where a test machine keeps its Chromium; Debian's and Ubuntu's package put it here.
CHROMIUM ?= /usr/bin/chromium

.PHONY: run up test lint bench messages states clean

run: $(VENV)/.ready
	$(BIN)/prongsai demo

up: $(VENV)/.ready
	$(BIN)/prongsai up

test: $(VENV)/.ready-dev
	./scripts/test-tools
	npm --prefix tests/oidc ci --no-progress
	$(MAKE) lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

bench: $(VENV)/.ready-dev
	$(BIN)/python -m bench

messages: $(VENV)/.ready-dev
	./scripts/messages

states: $(VENV)/.ready
	$(BIN)/python -m prongsai.acts.diagram > docs/states.md

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

$(VENV)/.ready-dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@ $(VENV)/.ready

clean:
	rm -rf $(VENV) build *.egg-info
