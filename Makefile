# The commands of this repository. Each needs Rust only; `make test` and `make browser` also Node.js,
# npm and Chromium, `make test` and `make bench` Python and the network.

CARGO ?= cargo

# The sample's reviews are due again in a year: a fixed day keeps the tests from failing then.
SAMPLE_DAY = 2026-11-25

.PHONY: help test dist test-tools browser quality screenshots browser-tools browser-system check format lint tidy tools build serve bench clean

help:
	@echo "make test    install what the tests need, and run them all"
	@echo "make browser the tests that need a browser"
	@echo "make quality Lighthouse on every template"
	@echo "make screenshots the pictures in docs/screenshots/"
	@echo "make check   format, lints, floors and the sample's content: what to run before a commit"
	@echo "make build   the optimised binary, target/release/sinew"
	@echo "make dist    an archive with a static binary, completions and manual pages"
	@echo "make serve   the sample site, rebuilt at every change"
	@echo "make bench   times and memory, next to Hugo's"

# Some tests wait, for a server or a clock, while others can work.
TEST_THREADS = $(shell expr $$(getconf _NPROCESSORS_ONLN) + 2)

# Lints as `lint` does, and compiles: clippy is a compiler, and what it made is tested. All would be compiled once
# more for clippy alone.
LINTED = RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__

test: tools browser-tools test-tools format
	$(LINTED) $(CARGO) test --locked -- --test-threads=$(TEST_THREADS)
	$(LINTED) $(CARGO) run --locked --quiet -- build --strict --as-of $(SAMPLE_DAY) --output target/sample
	$(LINTED) $(MAKE) browser

browser: browser-tools
	$(CARGO) build --locked --quiet
	cd tests/browser && SAMPLE_DAY=$(SAMPLE_DAY) npm test

# Lighthouse on every template, on a phone and a desk: prints the table, fails below 100.
quality: browser-tools
	$(CARGO) build --locked --quiet
	cd tests/browser/quality && npm ci --silent && SAMPLE_DAY=$(SAMPLE_DAY) node lighthouse.mjs

# Needs the Debian packages webp, poppler-utils, fonts-urw-base35 and fonts-crosextra-carlito.
screenshots: browser-tools
	$(CARGO) build --locked --quiet
	cd tests/browser && SAMPLE_DAY=$(SAMPLE_DAY) node screenshots.mjs

check: tools format lint tidy
	$(CARGO) run --locked --quiet -- check --strict --as-of $(SAMPLE_DAY)

format:
	$(CARGO) fmt --check

lint:
	$(CARGO) clippy --locked --all-targets -- -D warnings

# What no lint knows: imports that go up a floor, files that are too long.
tidy:
	$(CARGO) test --locked --quiet --test suite tidy

tools:
	@command -v $(CARGO) > /dev/null || { echo "cargo is missing: install Rust 1.95 or later" >&2; exit 1; }
	@$(CARGO) fmt --version > /dev/null 2>&1 || rustup component add rustfmt
	@$(CARGO) clippy --version > /dev/null 2>&1 || rustup component add clippy

# What the system lacks, as Debian packages it; the packages of npm, if they have changed.
browser-tools: browser-system tests/browser/node_modules/.package-lock.json

browser-system:
	@missing=; command -v chromium > /dev/null || missing="chromium"; \
	command -v npm > /dev/null || missing="$$missing nodejs npm"; \
	[ -z "$$missing" ] || { [ "$$(id -u)" = 0 ] && apt-get update -qq && \
		apt-get install -y -qq --no-install-recommends $$missing; } || \
		{ echo "install what is missing: $$missing" >&2; exit 1; }
	@command -v java > /dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && \
		apt-get install -y -qq --no-install-recommends default-jre-headless; } || \
		echo "without Java the HTML checker is left out" >&2

tests/browser/node_modules/.package-lock.json: tests/browser/package-lock.json | browser-system
	cd tests/browser && npm ci
	@touch $@

# The servers that publishing is tried against, and what lets a disk fail. A test that misses one says so
# and is left out, or fails where `EVERY_SERVER` is set. s3s-fs takes a minute or two to compile, once.
SERVERS = target/tools
MOTO = 5.2.1
S3S_FS = 0.14.1

test-tools:
	@missing=; for pair in nginx:nginx-light caddy:caddy apache2:apache2-bin rsync:rsync sshd:openssh-server strace:strace; do \
		PATH="$$PATH:/usr/sbin" command -v "$${pair%%:*}" > /dev/null || missing="$$missing $${pair##*:}"; done; \
	python3 -c 'import ensurepip' 2> /dev/null || missing="$$missing python3-venv"; \
	[ -z "$$missing" ] || { [ "$$(id -u)" = 0 ] && apt-get update -qq && \
		apt-get install -y -qq --no-install-recommends $$missing; } || echo "not installed:$$missing" >&2
	@command -v moto_server > /dev/null || test -x $(SERVERS)/bin/moto_server || { \
		python3 -m venv $(SERVERS)/moto && mkdir -p $(SERVERS)/bin && \
		$(SERVERS)/moto/bin/pip install --quiet 'moto[s3,server]==$(MOTO)' && \
		ln -sf ../moto/bin/moto_server $(SERVERS)/bin/; } || \
		echo "not installed: moto $(MOTO), from PyPI" >&2
	@test -x $(SERVERS)/bin/s3s-fs || CARGO_PROFILE_DEV_DEBUG=false $(CARGO) install --quiet --locked \
		--debug --root $(SERVERS) --features binary s3s-fs@$(S3S_FS) || \
		echo "not installed: s3s-fs $(S3S_FS), from crates.io" >&2

# Without a C library, so that it runs on any Linux of this processor. `TARGET=` takes the host's own.
TARGET ?= $(shell uname -m)-unknown-linux-musl
VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
DIST = target/dist/sinew-$(VERSION)-$(or $(TARGET),$(shell uname -m)-linux)

dist: tools
	$(if $(TARGET),rustup target add $(TARGET))
	$(CARGO) build --locked --release $(if $(TARGET),--target $(TARGET))
	rm -rf $(DIST) && mkdir -p $(DIST)/completions $(DIST)/man
	cp target/$(if $(TARGET),$(TARGET)/)release/sinew README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT $(DIST)/
	for shell in bash elvish fish powershell zsh; do \
		$(DIST)/sinew completions $$shell > $(DIST)/completions/sinew.$$shell || exit 1; done
	$(DIST)/sinew man $(DIST)/man
	tar -C target/dist --sort=name --owner=0 --group=0 --numeric-owner -czf $(DIST).tar.gz $(notdir $(DIST))
	cd target/dist && sha256sum $(notdir $(DIST)).tar.gz > $(notdir $(DIST)).tar.gz.sha256
	@echo $(DIST).tar.gz

build:
	$(CARGO) build --locked --release

serve:
	$(CARGO) run --locked --release -- serve

bench: build
	python3 benches/run.py
	python3 benches/author.py
	python3 benches/publish.py

clean:
	$(CARGO) clean
	rm -rf public .sinew
