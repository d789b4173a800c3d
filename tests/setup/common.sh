# shellcheck shell=bash
# What the set-up scripts share: where the tree is, which server is used, where its files may live.

umask 022
unset RUST_BACKTRACE # a server started with it puts stacks into the detail of its errors
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
web=$root/gateway/web
export CARGO_TARGET_DIR=$root/target
export PGRX_HOME=$root/target/pgrx
export PATH=$root/target/tools/bin:$PATH

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# The major version of the server that a pg_config belongs to: 15.
major_of() { "$1" --version | sed -E 's/^PostgreSQL ([0-9]+).*/\1/'; }

has_server() {
    [[ -x $1 ]] || return 1
    [[ $(major_of "$1") =~ ^1[5-8]$ ]] || return 1
    [[ -x $("$1" --bindir)/postgres && -x $("$1" --bindir)/initdb ]]
}

has_headers() { [[ -f $("$1" --includedir-server)/postgres.h ]]; }

# PG_CONFIG when set, else the newest of 15 to 18 that can be built against; nothing when there is none.
find_pg_config() {
    local candidate
    if [[ -n ${PG_CONFIG:-} ]]; then
        candidate=$(command -v "$PG_CONFIG") || fail "PG_CONFIG=$PG_CONFIG is no program"
        has_server "$candidate" || fail "PG_CONFIG=$PG_CONFIG belongs to no PostgreSQL server of version 15 to 18"
        has_headers "$candidate" || fail "the server of PG_CONFIG=$PG_CONFIG lacks its headers ($("$candidate" --includedir-server)/postgres.h)"
        printf '%s\n' "$candidate"
        return
    fi
    for candidate in /usr/lib/postgresql/{18,17,16,15}/bin/pg_config "$(command -v pg_config || true)"; do
        if has_server "$candidate" && has_headers "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

# A browser for the page tests; nothing when there is none.
find_chromium() {
    local name
    for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        # Ubuntu's chromium-browser is a stub that asks for snap.
        if [[ -n $name ]] && command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    name=$(node -p "require('$web/node_modules/@playwright/test').chromium.executablePath()" 2>/dev/null) || return 0
    [[ ! -x $name ]] || printf '%s\n' "$name"
}

# Runs a command as the user that owns the server's files: never root.
as_server_user() {
    if ((EUID == 0)); then
        setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
    else
        "$@"
    fi
}

# A folder for a tree that the server's user can't enter, or whose path is too long for a Unix socket.
outside() {
    local sum
    sum=$(printf '%s' "$root" | sha256sum)
    printf '/var/tmp/customer_success-%s-%s\n' "$EUID" "${sum:0:12}"
}

server_can_enter() {
    ((${#root} <= 70)) && as_server_user test -x "$1/."
}

# Makes target/$1 (a real folder, or a link to one outside the tree) and prints where it really is.
place() {
    local link=$root/target/$1 real
    mkdir -p "$root/target"
    if [[ ! -e $link ]] && ! server_can_enter "$root/target"; then
        real=$(outside)
        mkdir -p "$real"
        [[ -O $real && ! -L $real ]] || fail "$real is somebody else's: remove it"
        mkdir -p "$real/$1"
        ln -sfn "$real/$1" "$link"
    fi
    mkdir -p "$link"
    (cd "$link" && pwd -P)
}

# The pg_config of the private copy of the server kept in target/$1.
private_pg_config() { readlink -f "$root/target/$1/pg_config"; }

# One line that changes when any of the files below the given paths does.
checksum() { (cd "$root" && find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1); }
