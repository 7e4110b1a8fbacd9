#!/bin/sh
# Sets up xl_retention for the user who runs it, on a Mac, without administrator rights.
#
#   sh install-mac.sh            sets up, or renews what is there
#   sh install-mac.sh --remove   takes away what this script set up
#
# What it does: looks for Python 3.10 or newer (never Apple's stub in /usr/bin, which asks for rights); where there is
# none, fetches the program uv from its makers, checks its checksum and lets it put a Python into the folder below. Then
# it installs xl_retention into a virtual environment of its own, sets up Excel or LibreOffice, and says what is missing.
#
# Everything lies in ~/.xl_retention (no blank in the name, which Excel's add-in would stumble over), except what
# `xl-retention install` writes down in its receipt and takes away again.
#
# XL_RETENTION_SOURCE names what to install instead of the wheel beside this script or the folder that it lies in.
set -eu

home="$HOME/.xl_retention"
environment="$home/python"
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

source_to_install() {
    if [ -n "${XL_RETENTION_SOURCE:-}" ]; then
        printf '%s' "$XL_RETENTION_SOURCE"
        return
    fi
    newest=
    for wheel in "$here"/xl_retention-*.whl; do
        if [ -f "$wheel" ] && { [ -z "$newest" ] || [ "$wheel" -nt "$newest" ]; }; then newest=$wheel; fi
    done
    if [ -n "$newest" ]; then
        printf '%s' "$newest"
    elif [ -f "$here/../pyproject.toml" ]; then
        printf '%s' "$here/.."
    else
        printf 'xl-retention'
    fi
}

is_new_enough() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1
}

python_there() {
    # Places of python.org and Homebrew; /usr/bin/python3 is left out, for it opens a window that asks for rights.
    for folder in "$HOME/.local/bin" /Library/Frameworks/Python.framework/Versions/Current/bin /opt/homebrew/bin \
        /usr/local/bin; do
        for name in python3.13 python3.12 python3.11 python3.10 python3; do
            if [ -x "$folder/$name" ] && is_new_enough "$folder/$name"; then
                printf '%s' "$folder/$name"
                return
            fi
        done
    done
}

fetch_uv() {
    case "$(uname -m)" in
    arm64 | aarch64) build=uv-aarch64-apple-darwin ;;
    *) build=uv-x86_64-apple-darwin ;;
    esac
    address="https://github.com/astral-sh/uv/releases/latest/download/$build.tar.gz"
    mkdir -p "$home/uv"
    (
        # One chain, for "set -e" does not hold to the left of "||".
        cd "$home/uv" &&
            curl --fail --silent --show-error --location --proto '=https' --remote-name "$address" &&
            curl --fail --silent --show-error --location --proto '=https' --remote-name "$address.sha256" &&
            shasum -a 256 -c "$build.tar.gz.sha256" >/dev/null &&
            tar -xzf "$build.tar.gz" --strip-components 1 &&
            rm -f "$build.tar.gz" "$build.tar.gz.sha256"
    ) || nothing_fetched
}

nothing_fetched() {
    rm -rf "$home/uv"
    rmdir "$home" 2>/dev/null || true
    fail "Python could not be fetched: no connection, or the file is not what its makers published. Nothing was changed; ask whoever looks after this computer to install Python 3.12 from python.org, then run this again."
}

make_environment() {
    if [ -x "$environment/bin/python" ] && is_new_enough "$environment/bin/python"; then
        say "Python is there: $environment"
        return
    fi
    python=$(python_there)
    if [ -n "$python" ]; then
        say "Using $python"
        "$python" -m venv "$environment"
    else
        say "No Python 3.10 or newer was found; fetching one into $home"
        fetch_uv
        UV_PYTHON_INSTALL_DIR="$home/pythons" "$home/uv/uv" --quiet venv --seed --python 3.12 "$environment"
    fi
}

remove() {
    if [ -x "$environment/bin/xl-retention" ]; then
        "$environment/bin/xl-retention" install --remove
    fi
    rm -rf "$environment" "$home/uv" "$home/pythons"
    rmdir "$home" 2>/dev/null || true
    say "Removed. Your workbooks were not touched."
}

[ "$(uname -s)" = Darwin ] || fail "This script is for a Mac. On Windows run install-windows.cmd; elsewhere: pip install xl-retention && xl-retention install"

case "${1:-}" in
--remove)
    remove
    exit 0
    ;;
'') ;;
*) fail "Only --remove may follow: sh install-mac.sh [--remove]" ;;
esac

make_environment
say "Installing xl_retention ..."
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade "$(source_to_install)"
"$environment/bin/xl-retention" install || say "Not everything could be set up; the lines above say what."
"$environment/bin/xl-retention" doctor || true
say "Done. The workbook with buttons: $environment/bin/xl-retention build --out \"\$HOME/Documents/Retention.xlsm\""
