.DEFAULT_GOAL := help
PYTHON ?= python3
BIN    := .venv/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
# One test at a time to whichever worker is free, the long ones first (tests/conftest.py).
PARALLEL := -n auto --dist loadgroup --no-loadscope-reorder

.PHONY: help
help: ## Show these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: .venv/app.stamp ## Set up if needed, then serve http://127.0.0.1:8000 with demo data
	script/run

.PHONY: test
test: .venv/dev.stamp .venv/browser.stamp ## Set up if needed, then run every test; ARGS="-k queue" picks
	$(BIN)/python -m pytest $(PARALLEL) $(ARGS)

.PHONY: test-all
test-all: .venv/dev.stamp .venv/browser.stamp ## The same with every combination and the full number of tries
	KIDS_FEEDBACK_TEST_ALL=1 $(BIN)/python -m pytest $(PARALLEL) $(ARGS)
	$(MAKE) coverage

.PHONY: check
check: .venv/dev.stamp ## Style, types, layers, templates, catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python script/catalogues --check

.PHONY: words
words: .venv/dev.stamp ## Collect the words to translate from code and templates
	$(BIN)/python script/catalogues

.PHONY: bench
bench: .venv/dev.stamp .venv/browser.stamp ## Measure weight, speed, and that no post is lost; ARGS=--keep
	$(BIN)/python -m benchmarks $(ARGS)

.PHONY: pictures
pictures: .venv/dev.stamp .venv/browser.stamp ## Contact sheets of every page of a child's; ARGS="status.html --few"
	$(BIN)/python -m tests.e2e.pictures $(ARGS)

.PHONY: coverage
coverage: .venv/dev.stamp ## Run the tests without a browser, and see which branches none takes
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PARALLEL) --ignore tests/e2e $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

.PHONY: mutants
mutants: .venv/dev.stamp ## Break rules and services on purpose: do their tests notice? ARGS="--share 5"
	$(BIN)/python script/mutants $(ARGS)

.PHONY: clean
clean: ## Remove what these commands made
	rm -rf .venv .mutants build instance dist

.venv/app.stamp: pyproject.toml hatch_build.py constraints.txt $(shell find translations -name '*.po')
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install --require-hashes --requirement constraints.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: .venv/app.stamp constraints-dev.txt
	$(PIP) install --require-hashes --requirement constraints-dev.txt
	touch $@

.venv/browser.stamp: script/browser .venv/dev.stamp
	script/browser
	touch $@
