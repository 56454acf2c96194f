# Everything happens in .venv; nothing is installed elsewhere.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export OMP_NUM_THREADS = 1

.PHONY: demo test check bench mutate docs notebooks clean

demo: $(VENV)/run.stamp
	@for maand in krap voorbeeld; do \
	  echo "Maand: $$maand (inputs/README.md)"; \
	  $(BIN)/koppelwijzer run inputs/$$maand --out outputs/$$maand --force; code=$$?; \
	  case $$code in \
	    0) ;; \
	    4) echo "Code 4: het voorstel is klaar en heeft uitzonderingen of huishoudens zonder plek. Het rapport legt ze uit." ;; \
	    5) echo "Code 5: het voorstel is klaar; het rapport zegt hoeveel beter het nog zou kunnen." ;; \
	    *) exit $$code ;; \
	  esac; \
	  echo "outputs/$$maand/rapport.html"; \
	done

test: $(VENV)/test.stamp check
	$(BIN)/python -m pytest -q -n 2

check: $(VENV)/test.stamp
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check -q .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks

mutate: $(VENV)/test.stamp
	$(BIN)/python -m scripts.muteer

docs: $(VENV)/test.stamp
	$(BIN)/python -m scripts.schrijf_regels
	$(BIN)/python -m scripts.bouw_site

notebooks: $(VENV)/test.stamp
	$(BIN)/python -m scripts.voer_notebooks_uit

clean:
	rm -rf $(VENV) .mutaties .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml hatch_build.py package-lock.json | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@test -e optimizer/review/static/vendor/herkomst.json || \
	  echo "Zonder npm: de toepassing voor gemeenten (koppelwijzer review) werkt, maar eenvoudiger. Installeer npm voor de rest."
	@touch $@

$(VENV)/test.stamp: requirements-dev.lock $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
