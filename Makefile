# The door: each target builds only what is stale, then hands over to a program or script.

PG_CONFIG ?=
DEMO_PORT ?=
ONLY ?=
setup := tests/setup

export CARGO_TARGET_DIR := $(CURDIR)/target
ifneq ($(PG_CONFIG),)
export PG_CONFIG
endif
ifneq ($(DEMO_PORT),)
export DEMO_PORT
endif

.DEFAULT_GOAL := help
.PHONY: help demo demo-stop demo-clean test bench screenshots lint snapshot reference install build prerequisites

help: ## list the targets
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/p' Makefile | expand -t 24

demo: build ## start all on this machine, Ctrl-C stops it (DETACH=1: leave it running; DEMO_PORT=8080)
	@exec $(setup)/with-server target/debug/cs-demo up $(if $(filter 1,$(DETACH)),--detach)

demo-stop: ## stop what demo DETACH=1 started, keep its data
	@[ ! -x target/debug/cs-demo ] || exec target/debug/cs-demo stop

demo-clean: ## stop the demo and remove its data
	@[ ! -x target/debug/cs-demo ] || exec target/debug/cs-demo clean

test: ## run all tests (LONG=1: the long ones too)
	@CS_LONG=$(LONG) exec $(setup)/run-tests

bench: build ## measure speed, each figure against something in the same run; writes target/bench (ONLY=health: only that; LONG=1: for longer)
	@cargo build --quiet --release -p cs-tests --bin cs-bench --bin cs-tally
	@CS_LONG=$(LONG) exec $(setup)/with-server target/release/cs-bench $(ONLY)

screenshots: build ## photograph every page, dialog and state into target/screenshots (ONLY=hard: only what is called so)
	@exec $(setup)/with-server target/debug/cs-screenshots $(ONLY)

lint: ## check format, lints, documentation, scripts
	@exec $(setup)/lint

snapshot: build ## write tests/schema.sql, the catalogue of a fresh install, after a change of the schema
	@exec $(setup)/with-server env CS_WRITE_SNAPSHOT=1 cargo test --quiet -p cs-tests --test it snapshot

reference: build ## write extension/docs/reference from the catalogue, after a change of functions, views or settings
	@exec $(setup)/with-server env CS_WRITE_REFERENCE=1 cargo test --quiet -p cs-tests --test it docs::reference

install: prerequisites ## install the extension into the server of PG_CONFIG=… (writes there: may need sudo)
	@exec $(setup)/install

build: prerequisites ## build extension, pages, gateway and demo program
	@exec $(setup)/build

prerequisites: ## install what building needs and is missing
	@$(setup)/prerequisites
