#!/usr/bin/env bash
# Prints the path of a Node of another major version, brought by npm's "node" package into a folder of its own.
set -euo pipefail
major="$1"
# not below the home of root: tests run it as an ordinary user too
folder="${TMPDIR:-/tmp}/synfin-node-$major"
node="$folder/node_modules/node/bin/node"
if [ ! -x "$node" ]; then
  mkdir -p "$folder"
  [ -f "$folder/package.json" ] || echo '{"private":true,"allowScripts":{"node":true}}' >"$folder/package.json"
  npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "node@$major" >&2
fi
"$node" --version >/dev/null
echo "$node"
