# The commands of this project. `make` alone lists them.

PYTHON ?= python3
PORT ?= 5000
WORKERS ?= 2
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
# Node comes as a wheel where the machine has none.
BUILD := $(shell command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || echo build)
GOAL := $(firstword $(MAKECMDGOALS))
LOCKS := install build app dev
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --system-certs --quiet

# A network may have a certificate authority of its own, which the system knows and Node does not.
NODE_USE_SYSTEM_CA := 1

export PORT GOAL NODE_USE_SYSTEM_CA
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check lint format prove bench migration lock clean python app dev assets

help: ## list these commands
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1	\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20
	@echo
	@echo '  PORT=8000 with run; ARGS="-k partners" with test and prove; m="why" with migration;'
	@echo '  PYTHON=/path/to/python3.11 where python3 is older or absent.'

run: app assets ## start the register with the two letters loaded, on http://127.0.0.1:5000
	@REGISTRY_DEMO=1 $(PY) -m flask --app wsgi demo

test: dev assets ## pass all tests, PostgreSQL and a real browser included
	@CHROMIUM="$$($(PY) tools/browser.py)" || exit 1; export CHROMIUM; \
	$(PY) -m pytest -n $(WORKERS) --dist worksteal -m "not prove" $(ARGS)

check: lint test ## all that must pass before a change is taken in: lint, then test

lint: dev ## check format, lint, types, directions of import, templates and the API's document
	@echo 'Lint …' && $(PY) -m ruff check .
	@echo 'Format …' && $(PY) -m ruff format --check .
	@echo 'Types …' && $(PY) -m mypy
	@echo 'Directions of import …' && $(VENV)/bin/lint-imports --no-logo
	@echo 'Templates …' && $(PY) -m djlint registry/templates --lint --quiet
	@echo 'API …' && $(PY) -m tools.lint_api

format: dev ## bring the source in the house's format
	@$(PY) -m ruff check --fix --exit-zero .
	@$(PY) -m ruff format .

prove: dev assets ## pass the long runs too: fuzzing, load, faults
	@CHROMIUM="$$($(PY) tools/browser.py)" || exit 1; export CHROMIUM; \
	$(PY) -m pytest -n $(WORKERS) --dist worksteal -m prove $(ARGS)

bench: dev assets ## measure how fast pages, lists and the API are
	@$(PY) -m bench $(ARGS)

migration: app ## write a migration for what changed in the models: make migration m="why"
	@test -n "$(m)" || { echo 'Say what it is for: make migration m="add phase to theme"'; exit 1; }
	@REGISTRY_DEMO=1 $(PY) -m flask --app wsgi db upgrade
	@REGISTRY_DEMO=1 $(PY) -m flask --app wsgi db revision -m "$(m)"

lock: dev ## write the locks anew from *.in and package.json; ARGS=--upgrade takes newer Python packages
	@cd requirements && for name in $(LOCKS); do \
		echo "requirements/$$name.txt" && \
		../$(PY) -m $(LOCK) $(ARGS) $$name.in -o $$name.txt || exit 1; done
	@$(PY) -m tools.lock_packages

clean: ## remove all that was made here, except the data in instance/
	@rm -rf $(VENV) $(VENV).lock node_modules registry/static registry/static.new \
		.hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------- what the commands stand on

python:
	@command -v "$(PYTHON)" >/dev/null || { echo \
		'Python 3.11 or newer is needed, and $(PYTHON) is not found. Name one: make $(GOAL) PYTHON=/path/to/python3.11' >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
		"Python 3.11 or newer is needed, and $(PYTHON) is $$("$(PYTHON)" -V 2>&1). Name one: make $(GOAL) PYTHON=/path/to/python3.11" >&2; exit 1; }

app: python
	@"$(PYTHON)" tools/environment.py $(VENV) app $(BUILD)

dev: python
	@"$(PYTHON)" tools/environment.py $(VENV) app dev $(BUILD)

assets:
	@$(PY) tools/build_assets.py
