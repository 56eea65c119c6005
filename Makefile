# Everything runs in .venv, which is built when it is missing or its pins have changed.

PYTHON ?= python3
JOBS ?= 2
BIN := .venv/bin
STAMP := .venv/planlog.stamp
PO := $(wildcard src/planlog/locale/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
READY := $(STAMP) $(MO)

# What a person has set for a plan of their own must not change what happens here.
unexport PLANLOG_LOG PLANLOG_LANG PLANLOG_ON PLANLOG_BY PLANLOG_SOURCE PLANLOG_AT PLANLOG_FORMAT

.PHONY: help demo test check format docs bench soak clean
.DELETE_ON_ERROR:

help: ## Say what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile

demo: $(READY) ## Set up, then show the example plan and what changed between two conferences
	@echo '$$ planlog show --at stk-3'
	@$(BIN)/planlog show --at stk-3
	@echo
	@echo '$$ planlog diff stk-2 stk-3'
	@$(BIN)/planlog diff stk-2 stk-3

test: $(READY) ## Set up, then run every test and demand that every branch is covered
	$(BIN)/pytest -n $(JOBS) --cov --cov-report=term-missing:skip-covered

check: $(READY) ## Format, lint, types, imports
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## Put the source into its form and mend what can be mended by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(READY) ## Run the examples of the documentation and follow its links
	$(BIN)/pytest -m docs

bench: $(READY) ## Measure planlog beside its peers, as ratios from one run
	$(BIN)/python bench/run.py

soak: $(READY) ## Run every test with many examples, the long ones too
	PLANLOG_PROFILE=soak $(BIN)/pytest -n $(JOBS) -m 'soak or not soak'

clean: ## Remove all that was made, .venv included
	rm -rf .venv dist .coverage .coverage.* htmlcov .hypothesis .mypy_cache .pytest_cache \
		.ruff_cache .import_linter_cache
	rm -f $(MO)
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml constraints.txt hatch_build.py
	@command -v $(PYTHON) >/dev/null || { \
		echo "planlog needs Python 3.11 or newer, and there is no '$(PYTHON)' here;" \
			"name one with: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "planlog needs Python 3.11 or newer, and '$(PYTHON)' is older;" \
			"name another with: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
		$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	@touch $@

%.mo: %.po | $(STAMP)
	$(BIN)/pybabel -q compile -i $< -o $@ -D $(*F)
