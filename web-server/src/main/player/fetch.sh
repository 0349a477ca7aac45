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
  echo "npm is missing: the watch page is built without its players" >&2
  exit 0
fi
mkdir -p "$work" "$players"
cp "$here/package.json" "$here/package-lock.json" "$work"
if ! (cd "$work" && npm ci --ignore-scripts --omit=dev --no-audit --no-fund --silent); then
  rm -f "$work/package-lock.json"
  echo "npm could not fetch the players: the watch page is built without them" >&2
  exit 0
fi
modules=$work/node_modules
cp "$modules/dashjs/dist/modern/umd/dash.all.min.js" "$modules/hls.js/dist/hls.min.js" \
  "$modules/shaka-player/dist/shaka-player.compiled.js" "$players"
cp "$modules/dashjs/LICENSE.md" "$players/dash.js-LICENSE"
cp "$modules/hls.js/LICENSE" "$players/hls.js-LICENSE"
cp "$modules/shaka-player/LICENSE" "$players/shaka-player-LICENSE"
