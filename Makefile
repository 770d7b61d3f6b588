# The daily verbs. `make demo` and `make test` do all set-up themselves.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

# What the model is trained with; apart, since it is large and nothing else needs it.
TRAINING := .venv-training

.PHONY: demo test check bench fuzz format docs train clean

demo: $(STAMP)
	@$(BIN)/python tools/demo.py

test: $(STAMP)
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/licences.py
	$(BIN)/python tools/reference.py --check
	$(BIN)/python tools/readme.py --check

bench: $(STAMP)
	$(BIN)/python -m benchmarks.peers install
	$(BIN)/python -m benchmarks.report

fuzz: $(STAMP)
	$(BIN)/python tools/fuzz.py

format: $(STAMP)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# OPTIONS="--base rampart --epochs 6": see `python -m training --help` and docs/training.md.
train: $(TRAINING)/.installed
	$(TRAINING)/bin/python -m training $(OPTIONS)

docs: $(STAMP)
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/readme.py

clean:
	rm -rf $(VENV) $(TRAINING) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Discretion needs Python 3.11 or newer, found " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(TRAINING)/.installed: pyproject.toml constraints.txt
	test -x $(TRAINING)/bin/python || $(PYTHON) -m venv $(TRAINING)
	$(TRAINING)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[training]'
	@touch $@
