# Everything one does with this project; `make` alone lists it. Set-up is a part of each command, see .ci/prepare.
.DEFAULT_GOAL := help
.PHONY: help run test lint format bench pictures lock clean

BIN := .venv/bin
PYTHON_CODE := quizapp tests bench migrations wsgi.py

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: ## Set up, load the demo into an empty database, serve on http://127.0.0.1:8000 (other: HOST=… PORT=…)
	@.ci/prepare run
	@$(BIN)/flask --app wsgi demo
	@exec $(BIN)/flask --app wsgi serve

test: ## Run all tests, on SQLite and PostgreSQL and in Chromium (a part: make test ARGS=tests/rules)
	@.ci/prepare tests
	$(BIN)/pytest -n auto --maxprocesses 4 $(ARGS)

lint: ## Check style, types and templates; changes nothing
	@.ci/prepare tools
	$(BIN)/ruff check $(PYTHON_CODE)
	$(BIN)/ruff format --check $(PYTHON_CODE)
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet quizapp/templates

format: ## Rewrite Python files in the house's format
	@.ci/prepare tools
	$(BIN)/ruff check --fix $(PYTHON_CODE)
	$(BIN)/ruff format $(PYTHON_CODE)

bench: ## Measure the server against a bare floor; prints a table, writes bench/results.json
	@.ci/prepare tests
	$(BIN)/python -m bench

pictures: ## Take the pictures of the README anew, from a fresh demo in Chromium
	@.ci/prepare tests
	$(BIN)/python -m tests.pictures

lock: ## Work out requirements*.txt anew from requirements*.in (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes requirements-dev.in -o requirements-dev.txt

clean: ## Remove what the commands made, but never the database in instance/
	rm -rf .venv build .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
