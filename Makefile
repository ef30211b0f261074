# One command each; `make help` lists them. Everything is installed into .venv from the lock files.
PYTHON ?= python3
BIN := .venv/bin
ARCHIVE ?= archive.db
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --no-input
# pip's pages of output are shown only where it fails
QUIETLY := > .venv/setup.log 2>&1 || { cat .venv/setup.log; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help crawl test check docs fmt lint types contracts accuracy bench languages upgrade clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

crawl: .venv/.runtime ## set everything up, then crawl the demonstration newsroom into archive.db
	@$(BIN)/communique crawl demo --archive $(ARCHIVE)

test: .venv/.dev ## set everything up, then run all checks
	@$(MAKE) --no-print-directory check

check: .venv/.dev lint types contracts ## format, lint, types, import contracts, tests, docs tests
	@$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder

fmt: .venv/.dev ## format and mend what can be mended
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

lint: .venv/.dev
	@$(BIN)/ruff format -q --check . && $(BIN)/ruff check -q .

types: .venv/.dev
	@$(BIN)/mypy --no-error-summary

contracts: .venv/.dev
	@$(BIN)/lint-imports --no-cache > .venv/contracts.log || { cat .venv/contracts.log; exit 1; }

docs: .venv/.dev ## rewrite docs/commands.md and docs/data-dictionary.md from their sources
	@$(BIN)/python -m communique.reference > docs/commands.md.new && mv docs/commands.md.new docs/commands.md
	@$(BIN)/python -m archive.dictionary > docs/data-dictionary.md

accuracy: .venv/.dev ## score the reading against the labelled corpus; fails when a figure drops
	@$(BIN)/python -m bench.accuracy
	@$(BIN)/python -m bench.dates

bench: .venv/.dev ## measure speed as ratios against a floor of the same run
	@$(BIN)/python -m bench.speed_read

languages: .venv/.dev ## write the months and weekdays of crawler/languages/*.toml anew from CLDR
	@$(BIN)/python -m bench.generate_languages

upgrade: .venv/.dev ## renew the lock files with the newest releases that pyproject.toml admits
	@$(BIN)/pip install -q uv
	@$(BIN)/uv pip compile -q --universal --upgrade --generate-hashes --no-emit-index-url --extra web --extra notify --extra pdf pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --upgrade --generate-hashes --no-emit-index-url --all-extras --group dev pyproject.toml -o requirements-dev.lock

clean: ## remove what was built, but never an archive
	@rm -rf .venv build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Communiqué needs Python 3.11 or newer; this is $$($(PYTHON) -V). Name one: make crawl PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Setting up .venv (about a minute, once) …"
	@$(INSTALL) --require-hashes -r requirements.lock $(QUIETLY)
	@$(INSTALL) --no-deps --no-build-isolation -e . $(QUIETLY)
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	@echo "Setting up the tools of the tests (once) …"
	@$(INSTALL) --require-hashes -r requirements-dev.lock $(QUIETLY)
	@touch $@
