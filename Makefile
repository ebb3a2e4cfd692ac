# Needs Python 3.11, 3.12 or 3.13 and make. Everything else goes into .venv; npm is used where there is one.
PYTHON ?= python3 python3.13 python3.12 python3.11 python
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links --quiet

.PHONY: serve test bench security screenshot lock clean help

serve: $(VENV)/.assets ## install what is missing, then serve the dashboard; ARGS="--port 8080" and the like
	@$(BIN)/communique serve $(ARGS)

test: $(VENV)/.tests ## install what the tests need, then check and test everything; ARGS="-n 0" in one process
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

bench: $(VENV)/.tests ## print our speed against the bare libraries, in one run
	$(BIN)/python -m pytest tests/bench -m bench -s $(ARGS)

security: $(VENV)/.tests ## look for what is unsafe in the code (bandit) and in what is installed (pip-audit, which asks PyPI)
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive app
	$(BIN)/pip-audit --requirement requirements.lock --require-hashes --disable-pip $(ARGS)

screenshot: $(VENV)/.tests ## draw the pictures of the README and of docs/questions.md anew; needs Chromium
	$(BIN)/python -m tests.browser.screenshot

lock: $(VENV)/.tests ## write both lock files anew, with the newest versions that pyproject.toml allows
	$(LOCK) --upgrade --extra build -o requirements.lock
	$(LOCK) --upgrade --extra test -o tests/requirements.lock

clean: ## remove what was installed and built
	rm -rf $(VENV) dist build static/vendor

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.* ## /\1\t/p' Makefile

# A virtual environment that was half made, or has moved, or has lost its Python, is made anew.
SOUND := $(shell [ "$$(cat $(VENV)/.made 2>/dev/null)" = "$(CURDIR)" ] && $(BIN)/python -c "import pip" 2>/dev/null && echo yes)
ifneq ($(SOUND),yes)
.PHONY: $(VENV)/.made
endif

FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

$(VENV)/.made:
	@set -e; \
	for python in $(PYTHON) none; do $$python -c '$(FITS)' 2>/dev/null && break; done; \
	if [ $$python = none ]; then \
		echo "Communiqué needs Python 3.11, 3.12 or 3.13, and none of these is one: $(PYTHON)." >&2; \
		echo "Install one, or say where it is: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; \
	fi; \
	if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "This Python cannot make virtual environments; on Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 1; \
	fi; \
	echo "Making $(VENV) with $$($$python --version) …"; \
	$$python -m venv --clear $(VENV)
	@printf %s "$(CURDIR)" > $@

$(VENV)/.ready: $(VENV)/.made requirements.lock pyproject.toml
	@echo "Installing what it takes to run; a minute or two, once …"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.assets: $(VENV)/.ready
	@$(BIN)/communique assets
	@touch $@

$(VENV)/.tests: $(VENV)/.assets tests/requirements.lock
	@echo "Installing what the tests need …"
	@$(PIP) install --require-hashes -r tests/requirements.lock
	@touch $@
