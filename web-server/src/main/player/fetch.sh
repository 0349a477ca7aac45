#!/bin/sh
# Brings the players of the watch page from npm into the class path: fetch.sh WORK_DIR CLASSES_DIR.
# Without npm, or without its registry, the server is built without them and the page uses the browser's own player.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1
players=$2/players

if [ -e "$players/hls.min.js" ] && cmp -s "$here/package-lock.json" "$work/package-lock.json"; then
  exit 0
fi
if ! command -v npm >/dev/null; then
  echo "npm is missing: the watch page is built without dash.js and hls.js" >&2
  exit 0
fi
mkdir -p "$work" "$players"
cp "$here/package.json" "$here/package-lock.json" "$work"
if ! (cd "$work" && npm ci --ignore-scripts --omit=dev --no-audit --no-fund --silent); then
  rm -f "$work/package-lock.json"
  echo "npm could not fetch the players: the watch page is built without dash.js and hls.js" >&2
  exit 0
fi
cp "$work/node_modules/dashjs/dist/modern/umd/dash.all.min.js" "$work/node_modules/hls.js/dist/hls.min.js" "$players"
cp "$work/node_modules/dashjs/LICENSE.md" "$players/dash.js-LICENSE"
cp "$work/node_modules/hls.js/LICENSE" "$players/hls.js-LICENSE"
