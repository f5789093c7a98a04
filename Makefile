# Two commands: `make try` to use it, `make test` to check it.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: try test bench lock clean

try: .venv/installed
	$(BIN)/commsbot try

test: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m storage.migrations.check
	$(BIN)/pytest

bench: .venv/installed-dev
	$(BIN)/python -m benchmarks

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Needs the command `uv`; only for those who change a dependency.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --extra build --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv
