# Everything a newcomer types. Needs Python 3.11 and make; all else lands in .venv/.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run setup test check torture bench lock holidays strings transcripts docs pictures clean

help:            ## this list
	@grep -E '^[a-z]+: .*##|^[a-z]+:  +##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

run: setup       ## set up, then serve on embedded defaults (SQLite, web chat)
	@exec $(BIN)/jaganetral serve

setup: .venv/run.stamp  ## set up .venv/ with the pinned packages and the command `jaganetral`

test: .venv/dev.stamp   ## set up, then run every test
	@$(BIN)/python -m pytest

check: .venv/dev.stamp  ## format, lint, types, floors, catalogues and docs fresh, no branch of the talk untrodden
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.fresh
	$(BIN)/python -m pytest tests/handlers --cov=handlers --cov-branch --cov-fail-under=100 --cov-report=term:skip-covered

torture: .venv/dev.stamp  ## the real process killed with -9 two hundred times; thousands of random steps beside a model
	$(BIN)/python -m tests.torture --kills 180
	$(BIN)/python -m tests.torture --kills 20 --tier telegram
	$(BIN)/python -m tests.model --steps 5000 --database both

strings: .venv/dev.stamp  ## draw our sentences into the catalogues; lists what is not translated
	@$(BIN)/python -m locales.extract

pictures: .venv/dev.stamp  ## take the README's pictures anew, in a real browser
	@$(BIN)/python -m tests.e2e.pictures

transcripts: .venv/dev.stamp  ## write the bot's answers in tests/conversations/*.chat anew; review the diff as a chat
	@for chat in tests/conversations/*.chat; do $(BIN)/jaganetral talk --write $$chat || exit 1; done

docs: .venv/dev.stamp  ## draw docs/flows.md, life.md and petugas.md from the data that the program runs
	@$(BIN)/python -m bot.talk.flowchart
	@$(BIN)/python -m bot.talk.lifechart
	@$(BIN)/python -m bot.talk.manual

bench: .venv/bench.stamp  ## figures, side by side in one run (docs/benchmarks.md says how to read them)
	@$(BIN)/python -m bench

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Perlu Python 3.11 atau lebih baru: PYTHON=python3.11 make $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Modul venv tidak ada. Di Debian: apt-get install python3-venv"; exit 2; }

.venv/run.stamp: .venv/bin/python requirements/run.txt pyproject.toml hatch_build.py $(wildcard locales/*/messages.po)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# What others measure themselves with is not needed for anything else; the bench says so and goes on without it.
.venv/bench.stamp: .venv/dev.stamp requirements/bench.txt
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/bench.txt; then touch $@; fi

holidays: .venv/dev.stamp  ## write law/holidays.toml anew from the kept library
	$(BIN)/python -m law.decreed

lock:            ## pin every package anew, with hashes and without any URL
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q -o requirements/run.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q -o requirements/dev.txt
	uv pip compile --group bench --constraints requirements/dev.txt --no-emit-package numpy --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q -o requirements/bench.txt

clean:           ## remove what set-up made; data/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
