#!/bin/sh
# Builds the web app into the class path: build.sh WORK_DIR CLASSES_DIR.
# Does nothing when nothing changed since it was built there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1
out=$2/ui

fail() {
  echo "The web app cannot be built: $1. Without it: mvn ... -DskipUi, or TRITONTUBE_SKIP_UI=1 ./tritontube ..." >&2
  exit 1
}

cd "$here"
command -v node >/dev/null || fail "Node is missing (20.19, or 22.12 or newer; Debian, Ubuntu: apt-get install nodejs npm)"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' \
  || fail "Node $(node --version) is too old, it takes 20.19, or 22.12 or newer"
command -v npm >/dev/null || fail "npm is missing (Debian, Ubuntu: apt-get install npm)"
command -v sha256sum >/dev/null || sha256sum() { shasum -a 256 "$@"; }

# What the app is made of, tests left out.
state=$(find . -path ./node_modules -prune -o -path ./e2e -prune -o -path ./dist -prune -o -path ./src/api/schema.d.ts -o -type f ! -name '*.test.ts*' -print0 \
  | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
if [ -e "$out/index.html" ] && [ "$state" = "$(cat "$work/built" 2>/dev/null)" ]; then
  exit 0
fi
mkdir -p "$work"
"$here/install.sh" || fail "npm could not fetch what package-lock.json names"
rm -f "$work/built"
npx --no-install vite build --logLevel warn --emptyOutDir --outDir "$out" || fail "see above"
echo "$state" >"$work/built"
