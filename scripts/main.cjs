#!/usr/bin/env node
// What `synfin` runs: loads the joined modules beside it, with what V8 kept of having compiled them (build.mjs), which
// saves a fifth of the time that a short capture takes. Where that is of another version of Node.js, V8 compiles anew.
'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const loaded = new Map();
const importModule = (id) => import(id);

function load(id) {
  if (!id.startsWith('./')) return require(id);
  const known = loaded.get(id);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(id, module);
  const filename = join(__dirname, id);
  const source = readFileSync(filename, 'utf8').replace(/^#!/, '//');
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname, importModule) {${source}\n})`,
    { filename, cachedData: kept(`${filename}.cache`) },
  );
  const run = script.runInThisContext();
  run.call(module.exports, module.exports, load, module, filename, __dirname, importModule);
  return module.exports;
}

function kept(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

load('./synfin.js');
