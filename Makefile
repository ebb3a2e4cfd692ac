PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: serve test check bench lock clean help

help: ## say what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

serve: $(VENV)/.ready ## install what is missing, then serve the dashboard
	$(BIN)/communique serve $(ARGS)

test: $(VENV)/.ready-test ## install what the tests need, then check and test everything
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(ARGS)

bench: $(VENV)/.ready-test ## print our speed against the bare libraries, in one run
	$(BIN)/python -m pytest tests/bench -m bench -s $(ARGS)

lock: $(VENV)/.ready-test ## write both lock files anew
	$(BIN)/uv pip compile pyproject.toml --extra build $(LOCKFLAGS) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra test $(LOCKFLAGS) -o tests/requirements.lock

LOCKFLAGS := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 13) else f"Communiqué needs Python 3.11, 3.12 or 3.13; {sys.executable} is {v[0]}.{v[1]}. Name another: make PYTHON=python3.12 serve")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(VENV)/bin/python requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.ready-test: $(VENV)/.ready tests/requirements.lock
	$(PIP) install --require-hashes -r tests/requirements.lock
	touch $@

clean: ## remove what was installed and built
	rm -rf $(VENV) dist build static/vendor
