# The newcomer, the contributor and the build server run the same commands.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

export VENV

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench bench-growth bench-ensemble bench-peers bench-race clean

help:  ## show this list
	@echo "make setup   make .venv with Muster in it (needs Python 3.11 or newer)"
	@echo "make demo    run the shipped case and write demo-output/"
	@echo "make test    style, types, import contracts, tests and the examples of the documentation"
	@echo "make bench   measure speed, write the figures to bench/ (make bench-ensemble: many runs; bench-growth: larger forces)"
	@echo "make bench-peers, make bench-race   install other frameworks for comparison; hold Muster against them"
	@echo "make clean   remove .venv, caches and demo-output/"

setup: $(STAMP)
	@echo "ready: $(BIN)/muster"

$(STAMP): pyproject.toml constraints.txt .ci/setup
	@bash .ci/setup
	@touch $(STAMP)

demo: $(STAMP)
	@$(BIN)/muster demo --out demo-output

lint: $(STAMP)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || (echo "Run: $(BIN)/ruff format ." >&2; exit 1)
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo >$(VENV)/imports.log 2>&1 || (cat $(VENV)/imports.log >&2; exit 1)
	@echo "style, types and import contracts hold"

test: lint
	@$(BIN)/python -m pytest -n 2 --dist loadfile -q

bench: $(STAMP)
	@$(BIN)/python bench/run.py

bench-growth: $(STAMP)
	@$(BIN)/python bench/growth.py
	@$(BIN)/python bench/draw_growth.py

bench-ensemble: $(STAMP)
	@$(BIN)/python bench/ensemble.py $(ARGS)

bench-peers: $(STAMP)
	@$(BIN)/python bench/install.py

bench-race: $(STAMP)
	@$(BIN)/python bench/race.py curves
	@$(BIN)/python bench/race.py times
	@$(BIN)/python bench/draw.py

clean:
	@rm -rf $(VENV) demo-output build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
