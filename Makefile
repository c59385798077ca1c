# Everything that can be done here: `make help`. Two commands matter: `make up` and `make test`.

SHELL := /bin/bash
.DEFAULT_GOAL := help
# The first Python that is new enough.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
MANAGE := $(PY) -m hirehall.project.manage
CSS := hirehall/web/static/built/app.css
CSS_SOURCES := $(shell find hirehall -name '*.html' -not -path '*/built/*' 2>/dev/null) $(wildcard hirehall/web/static/css/*.css hirehall/web/static/js/*.js hirehall/web/*.py)
# One more than there are cores: many tests wait for a browser or a server of their own.
WORKERS ?= $(shell expr $$(nproc) + 1)

.PHONY: help up test test-fast test-long lint check lock css features locale map openapi pictures demo migrate shell clean bench-web bench-ledger

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

.venv/run.stamp: requirements.lock
	@test -n "$(PYTHON)" || { echo "Hirehall needs Python 3.11 or newer as python3."; exit 1; }
	@test -x $(PY) || { echo "  Make the virtual environment"; $(PYTHON) -m venv .venv; }
	@echo "  Install what the market needs (about a minute the first time)"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@printf '#!%s\nimport sys\n\nsys.path.insert(0, "%s")\nfrom hirehall.project.manage import main\n\nmain()\n' "$(CURDIR)/$(PY)" "$(CURDIR)" > .venv/bin/hirehall
	@chmod +x .venv/bin/hirehall; touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	@echo "  Install what the checks need"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

node_modules/.stamp: package-lock.json | .venv/run.stamp
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || { echo "  Install Node"; \
	  $(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-node.lock; }
	@echo "  Install what the pages are built with"
	@PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --silent --no-progress 2>/dev/null || PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci
	@touch $@

$(CSS): $(CSS_SOURCES) node_modules/.stamp
	@echo "  Build the style sheet"
	@mkdir -p $(dir $@)
	@cp node_modules/htmx.org/dist/htmx.min.js node_modules/htmx-ext-sse/dist/sse.min.js $(dir $@)
	@cp node_modules/@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2 $(dir $@)figtree.woff2
	@PATH="$(CURDIR)/.venv/bin:$$PATH" node_modules/.bin/tailwindcss -i hirehall/web/static/css/source.css -o $@ --minify 2>.css.log || { cat .css.log; exit 1; }
	@rm -f .css.log; touch $@

up: .venv/run.stamp $(CSS) ## Run the market: database, web, worker, and a demo in it
	@$(PY) -m hirehall.project.up

test: .venv/dev.stamp $(CSS) ## Run all checks that CI runs
	@$(MAKE) -s lint
	$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --randomly-seed=20260310

test-fast: .venv/dev.stamp $(CSS) ## Run the checks that take less than a minute
	$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not slow and not browser"

test-long: .venv/dev.stamp $(CSS) ## Run all checks in another order with ten times as many random steps, new each time
	HIREHALL_LONG=1 $(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

lint: .venv/dev.stamp ## Look at the code without running it
	@mkdir -p var
	@$(PY) -m ruff check .
	@.venv/bin/lint-imports --cache-dir var/import_linter > var/lint-imports.log 2>&1 || { cat var/lint-imports.log; exit 1; }

check: lint test ## The same as lint and test

lock: .venv/dev.stamp ## Renew the lock files
	@for x in "" dev node; do .venv/bin/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --python-version 3.11 --universal $${x:+--extra $$x} pyproject.toml -o requirements$${x:+-$$x}.lock; done
	@npm update --package-lock-only

css: $(CSS) ## Build the style sheet

locale: .venv/run.stamp ## Collect new texts into the translations and compile them
	@cd hirehall && ../.venv/bin/pybabel -q extract -F project/locale/babel.cfg -k _ -k gettext_lazy -k ngettext:1,2 \
	  -k ngettext_lazy:1,2 --no-location --sort-output --omit-header -o ../var/django.pot people market money work guide trust web
	@for language in bn hi; do .venv/bin/pybabel -q update -N --ignore-obsolete --no-wrap -D django -l $$language \
	  -i var/django.pot -d hirehall/project/locale; done
	@.venv/bin/pybabel -q compile -D django -d hirehall/project/locale

features: .venv/dev.stamp ## Write docs/features.md from the tests' marks; fails when a done row has none
	@$(PY) -m tests.tidy.features --write

map: .venv/dev.stamp ## Write docs/MAP.md from the code
	@$(PY) -m tests.tidy.map --write

openapi: .venv/dev.stamp ## Write docs/openapi.json, the description of the API
	@$(MANAGE) shell -v0 -c "from tests.tidy.openapi import write; write()"

bench-web: .venv/dev.stamp $(CSS) ## Measure the main pages beside a bare page (REQUESTS=50000 watches memory for long)
	@$(PY) -m bench.web $(if $(REQUESTS),--requests $(REQUESTS))

bench-ledger: .venv/dev.stamp ## Measure the ledger beside pgbench and django-hordak; writes bench/out/ledger.json
	@$(PY) -m bench.ledger

pictures: .venv/dev.stamp ## Take the pictures of the docs from the market that `make up` runs
	@$(PY) -m tests.browser.pictures

demo: .venv/run.stamp ## Fill the running market's database with the demo if it is empty
	@$(MANAGE) demo --if-empty

migrate: .venv/run.stamp ## Bring the database's tables up to date
	@$(MANAGE) migrate

shell: .venv/run.stamp ## Open a Python shell in the project
	@$(MANAGE) shell

clean: ## Delete what was built; keeps var/ with the market's data
	rm -rf .venv node_modules hirehall/web/static/built
