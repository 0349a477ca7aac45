#!/bin/sh
# Fetches what package-lock.json names into node_modules, unless that is what is there.
set -eu
cd "$(dirname "$0")"
installed=node_modules/.installed-lock.json
if ! cmp -s package-lock.json "$installed"; then
  npm ci --ignore-scripts --no-audit --no-fund --silent
  cp package-lock.json "$installed"
fi
