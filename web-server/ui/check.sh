#!/bin/sh
# Types, lint, format and unit tests of the web app: check.sh REPORTS_DIR SKIP.
set -eu
cd "$(dirname "$0")"
[ "${2:-false}" = false ] || exit 0
./install.sh
npm run --silent typecheck &
types=$!
npm run --silent lint
npx --no-install vitest run --reporter=dot --reporter=junit --outputFile.junit="$1/TEST-web-app.xml"
wait "$types"
