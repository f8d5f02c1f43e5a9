# Care Reviews: every command of daily work. `make` alone lists them.

PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
# Tests run in this many processes: one more than there are cores, for each waits for its server now and then.
WORKERS ?= 3

.DEFAULT_GOAL := help
.PHONY: help demo install deploy night airflow stop test soak check bench format secrets lock clean
.DELETE_ON_ERROR:

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-24s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(READY) ## set everything up, run two nights on the synthetic council, compare with the report
	@$(BIN)/care-reviews demo run

install: $(READY) ## the environment alone, from the hashed lock

deploy: $(READY) ## make or migrate schemas, roles and grants of the configured warehouse
	@$(BIN)/care-reviews deploy

night: $(READY) ## DATE=YYYY-MM-DD: run the DAG for one night on the configured source
	@$(BIN)/care-reviews night --date "$(DATE)"

airflow: $(READY) ## start Airflow with its user interface, until Ctrl-C
	@$(BIN)/care-reviews airflow

stop: ## stop the services and the embedded server; what they hold stays
	@if [ -x $(BIN)/care-reviews ]; then $(BIN)/care-reviews airflow --stop; $(BIN)/care-reviews stop; \
	else echo "Nothing is installed, nothing runs."; fi

test: $(READY) ## run every test; installs the browser and libraries that they use, where missing
	@bin/system-packages
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder

soak: $(READY) ## thirty nights, verified, built again and tampered with in every kind; half an hour or more
	@$(BIN)/python -m tests.evidence.soak $(FOLDER)

check: $(READY) ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 2 dbt_project

bench: $(READY) ## what a night costs, as ratios to a bare copy; some minutes
	@$(BIN)/python benchmarks/bench.py

format: $(READY) ## bring Python and SQL into form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix dbt_project

secrets: $(READY) ## write the secrets that docker-compose.yaml expects
	@$(BIN)/care-reviews compose-secrets

lock: $(READY) ## resolve requirements.in into requirements.lock
	$(BIN)/uv pip compile requirements.in --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --output-file requirements.lock

clean: ## remove all that was made: environment, server, data, caches
	@if [ -x $(BIN)/care-reviews ]; then $(BIN)/care-reviews clean; fi
	rm -rf $(VENV) .care-reviews .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf dbt_project/target dbt_project/logs dbt_project/dbt_packages
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml bin/install
	@PYTHON="$(PYTHON)" bin/install $(VENV)
	@touch $@
