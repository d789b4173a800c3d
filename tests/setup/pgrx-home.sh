# shellcheck shell=bash
# A home for cargo-pgrx under target/, so that the user's own is left alone; builds against $pg_config.

: "${pg_config:?}"
mkdir -p "$PGRX_HOME"
# cargo looks at this file's time: it is written once.
[[ -f $PGRX_HOME/config.toml ]] ||
    printf '[configs]\npg%s = "%s"\n' "$(major_of "$pg_config")" "$pg_config" >"$PGRX_HOME/config.toml"
export PGRX_PG_CONFIG_PATH=$pg_config
