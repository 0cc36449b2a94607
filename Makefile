# Everything below works on a machine with only Python 3.11 or newer, pip's index and make: the virtual environment
# is made on first use and made again only when a lock file or pyproject.toml changes.

ARGS ?=
# Small portions, so that no worker is left alone with all of the slow power cuts.
PYTEST_ARGS ?= -n auto --maxschedchunk 4
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check lint bench venv lock format front

help: ## List the targets.
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

demo: $(VENV)/.runtime ## Play the story against the sandbox; ARGS=--exit ends after it.
	$(BIN)/fixloop demo $(ARGS)

test: $(VENV)/.dev ## Run every test, on SQLite and on PostgreSQL.
	$(BIN)/python -m pytest $(PYTEST_ARGS) $(ARGS)

check: lint test ## Run everything that must pass before a commit.

lint: $(VENV)/.dev ## Check form, types, imports and words; no other tests.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --quiet tests/architecture/test_glossary.py

bench: $(VENV)/.dev ## Measure; prints figures and asserts nothing.
	$(BIN)/python -m bench $(ARGS)

format: $(VENV)/.dev ## Put the code into the common form.
	$(BIN)/ruff check --fix-only --select I .
	$(BIN)/ruff format .

venv: $(VENV)/.dev ## Make the development environment.

# Needs Node with npm, which nothing else does; what it writes is committed.
front: ## Refresh the vendored files of the pages and compile their templates.
	npm ci --silent --prefix tools/front
	node tools/front/vendor.mjs
	node tools/front/compile.mjs
	node tools/front/compile.mjs tests/support/front/templates tests/support/front/compiled

# The locks are universal: one file for every Python and system we run on. uv is needed only here.
lock: ## Resolve the dependencies again.
	$(MAKE) --no-print-directory $(BIN)/pip
	$(PIP) install uv
	$(BIN)/uv $(UV_COMPILE) pyproject.toml -o requirements.lock
	$(BIN)/uv $(UV_COMPILE) --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

UV_COMPILE := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/pip
	@echo "Installing what Fixloop needs to run into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --editable .
	@touch $@

# The development lock contains the runtime lock, so both stamps are set.
$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/pip
	@echo "Installing what Fixloop needs to run and to be tested into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --editable .
	@touch $(VENV)/.runtime $@

# pip is the last thing venv puts in, so its presence says that the environment is whole.
$(BIN)/pip:
	@python=""; \
	for candidate in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
		if "$$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then python="$$candidate"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Fixloop needs Python 3.11 or newer with its venv module; none of python3, python3.13, python3.12," >&2; \
		echo "python3.11 is one. Install it (on Debian: apt-get install python3 python3-venv), or name it:" >&2; \
		echo "    make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$python" --version) ..."; \
	"$$python" -m venv --clear $(VENV)
