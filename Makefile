# Every job of the project; `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
LOCK := $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-annotate --no-header

.PHONY: help setup demo test check check-long format lock bench spark splink

help:  ## list the jobs
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/.tools: requirements/tools.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

$(VENV)/.base: $(VENV)/.tools requirements/base.txt pyproject.toml
	@$(UV) --require-hashes -r requirements/base.txt
	@$(UV) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.base $(VENV)/.scripts requirements/dev.txt
	@$(UV) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.scripts: $(VENV)/.base requirements/scripts.txt
	@$(BIN)/python tools/scripts.py
	@touch $@

setup: $(VENV)/.base $(VENV)/.scripts  ## build .venv from the hash-locked requirements; the command is .venv/bin/kvar

demo: $(VENV)/.base  ## load the invented example town and serve it on loopback
	@$(MAKE) -s $(VENV)/.scripts || true
	@$(BIN)/kvar demo

test: $(VENV)/.dev  ## run the tests
	@$(BIN)/pytest -q -n 2 --dist worksteal -p no:cacheprovider tests

check: $(VENV)/.dev  ## format, lint, types, directions, tests of the house
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python tools/docs.py --check
	@$(BIN)/python manage.py makemigrations --check --dry-run organisations procurement >/dev/null 2>&1 || (echo "migrations are missing: manage.py makemigrations"; exit 1)

check-long: $(VENV)/.dev  ## 10,000 generated ledgers
	@HYPOTHESIS_PROFILE=long $(BIN)/pytest -q -p no:cacheprovider tests/property --timeout 3000

bench: $(VENV)/.dev  ## measure against peers in one run
	@$(BIN)/python bench/import_devon.py
	@$(BIN)/python bench/first_page.py
	@$(BIN)/python bench/report_10m.py

spark: $(VENV)/.tools requirements/spark.txt  ## equal öre on DuckDB and Spark from a million lines (needs Java 17)
	@test -x .venv-spark/bin/python || $(PYTHON) -m venv .venv-spark
	@$(BIN)/uv pip install --quiet --python .venv-spark/bin/python --require-hashes -r requirements/spark.txt
	@$(BIN)/uv pip install --quiet --python .venv-spark/bin/python --no-deps --no-build-isolation --editable .
	@.venv-spark/bin/python bench/spark_equal.py
	@.venv-spark/bin/python bench/spark_definitions.py

.venv-splink/.ready: $(VENV)/.tools requirements/splink.txt
	@test -x .venv-splink/bin/python || $(PYTHON) -m venv .venv-splink
	@$(BIN)/uv pip install --quiet --python .venv-splink/bin/python --require-hashes -r requirements/splink.txt
	@touch $@

splink: $(VENV)/.dev .venv-splink/.ready  ## who was paid, measured on real labels beside Splink
	@$(BIN)/python bench/identity.py --write

format: $(VENV)/.dev  ## format the code and write the generated docs anew
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix .
	@$(BIN)/python tools/docs.py

lock: $(VENV)/.tools  ## lock the requirements anew
	@$(LOCK) pyproject.toml -o requirements/base.txt
	@$(LOCK) --extra dev pyproject.toml -c requirements/base.txt -o requirements/dev.txt
	@$(LOCK) --extra spark pyproject.toml -c requirements/base.txt -o requirements/spark.txt
	@echo "splink>=5" | $(LOCK) - -c requirements/base.txt -o requirements/splink.txt
