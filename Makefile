# The commands of the project; `make` alone lists them. PYTHON= names an interpreter, PORT= the demo's port.

BIN := .venv/bin
STAMP := .venv/.set-up
PIN := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"

# Tests wait for one another's processes: one worker more than there are cores has a core the less idle.
WORKERS := $$($(BIN)/python -c 'import os; print(min(4, (os.cpu_count() or 1) + 1))')

# Wherever it is set, dozens of the tests' processes would each compile all that they import anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: list setup demo demo-reset picture test lint check bench bench-full truth endure peers lock

list:
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 20

setup: $(STAMP)  ## the virtual environment .venv with everything, giaoban in it

$(STAMP): requirements.lock pyproject.toml .ci/setup
	@PYTHON="$(PYTHON)" sh .ci/setup

demo: setup  ## the whole system on loopback with no token; PORT= moves it
	@exec $(BIN)/giaoban demo $(if $(PORT),--port $(PORT))

demo-reset:  ## clear what the demo keeps, when it is stopped
	@rm -rf data/demo
	@echo "The demo begins anew."

picture: setup  ## the pictures of README, docs/portal.md, docs/briefing.md, docs/web_form.md: the demonstration, a preview, a page, a phone
	@sh .ci/tools chromium driver fonts emoji
	@$(BIN)/python -m tests.picture docs/demo.png
	@$(BIN)/python -m tests.portal_picture docs/portal_preview.png
	@$(BIN)/python -m tests.briefing_picture docs/briefing.png
	@mkdir -p build/pictures
	@PICTURES=build/pictures $(BIN)/pytest -q -k survives tests/report_page/test_in_chromium.py
	@cp build/pictures/begun.png docs/web_form.png

test: setup  ## every test; brings PostgreSQL and Chromium where it can
	@sh .ci/tools
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal $(PYTEST)

lint: setup
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

check: lint test  ## lint, formats, types, directions of imports, then every test

bench: setup  ## how fast and how large, each figure beside a peer's in the same run: docs/benchmarks.md
	@$(BIN)/python -m bench

bench-full: setup  ## the country's year beside a district's month and year: 10,599 units, 365 days, 20 figures; 18 GB in the temporary folder
	@$(BIN)/python -m bench.growth --sizes 34x30 34x365 10599x30 10599x365

truth: setup  ## the long proof that one figure is the same everywhere: TRUTH_EXAMPLES=10000, TRUTH_SEED= another world each time
	@seed=$${TRUTH_SEED:-$$(date +%s)}; echo "TRUTH_EXAMPLES=$${TRUTH_EXAMPLES:-10000} TRUTH_SEED=$$seed"; \
	TRUTH_EXAMPLES=$${TRUTH_EXAMPLES:-10000} TRUTH_SEED=$$seed $(BIN)/pytest -n 2 --dist load --timeout 0 tests/truth

endure: setup  ## the long proofs: kills, faults, load, attacks; ENDURE_SEED= tries the same again, PYTEST="-k kill" one of them
	@sh .ci/tools
	@seed=$${ENDURE_SEED:-$$(date +%s)}; echo "ENDURE_SEED=$$seed"; \
	ENDURE=1 ENDURE_SEED=$$seed $(BIN)/pytest -n 2 --dist worksteal --timeout 0 -m endure $(PYTEST)

peers: setup  ## expressions beside ODK's engines, the simulator beside others' clients, outside CI: node and java needed; PEERS="--seed 1 --random 300"
	@$(BIN)/python -W ignore -m bench.peers $(PEERS)
	@$(BIN)/python -W ignore -m bench.peers.clients

lock: setup  ## bring requirements.lock and postgres.lock up to pyproject.toml; UPGRADE=--upgrade takes newer releases
	@$(PIN) $(UPGRADE) pyproject.toml --all-extras --output-file requirements.lock
	@$(PIN) $(UPGRADE) --no-deps --group postgres --output-file postgres.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.14 -c requirements.lock pyproject.toml --all-extras >/dev/null \
		&& echo "The same pins hold for Python 3.14."
