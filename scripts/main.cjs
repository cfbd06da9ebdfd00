#!/usr/bin/env node
// The `synfin` program: loads the joined modules next to it, with the code that V8 compiled for them (build.mjs), which
// saves a fifth of the time of a short capture. Where that code is of another version of Node.js, V8 compiles again.
'use strict';
const { closeSync, openSync, readFileSync, writeSync } = require('node:fs');
const { constants } = require('node:os');
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

// How it ends on an error of the system or of synfin itself: with a sentence, never with a stack trace. It is here, as any
// other file may be the one that could not be loaded.

/** What is wrong with the system, by the code of its error, and what to do. */
const OF_THE_SYSTEM = {
  EMFILE: 'too many open files for this process; raise the limit, e.g. ulimit -n 1024',
  ENFILE: 'too many open files on this system',
  ENOMEM: 'out of memory',
  ERR_WORKER_OUT_OF_MEMORY: 'out of memory',
  EACCES: 'no permission',
  EPERM: 'not permitted',
  EAGAIN: 'the system has no more processes or threads to give (ulimit -u)',
  ENOSPC: 'no space left on the device',
  EIO: 'input or output failed',
};
const WRONG_USE = 2;
const INTERNAL = 70;

/** Says why on standard error, and ends the process. */
function endings(error) {
  // the reader of the output has gone
  if (error?.code === 'EPIPE') process.exit(0);
  const { text, code } = sentence(error);
  try {
    writeSync(2, `${text}\n`);
  } catch {
    // nobody reads it
  }
  process.exit(code);
}

function sentence(error) {
  const code = codeOf(error);
  const known = OF_THE_SYSTEM[code];
  if (known !== undefined) {
    const where = typeof error.path === 'string' ? `${escaped(error.path)}: ` : '';
    return { text: `synfin: ${where}${known} (${code})`, code: WRONG_USE };
  }
  const what = escaped(error instanceof Error ? error.message : String(error));
  const place = error instanceof Error ? firstPlace(error.stack) : '';
  const command = process.argv.slice(2).map(escaped).join(' ');
  const lines = [
    `synfin: internal error: ${what}${place}`,
    'This is a fault of synfin. Please report it, with the capture if you can share it, and this line:',
    `synfin ${version()}, Node.js ${process.version}, ${process.platform}: synfin ${command}`,
  ];
  return { text: lines.join('\n'), code: INTERNAL };
}

/** The code of an error, also where Node.js does not say clearly that there are too many open files. */
function codeOf(error) {
  const code = typeof error?.code === 'string' ? error.code : '';
  // it knows some by number only: "uv_interface_addresses returned Unknown system error 24"
  if (code === 'ERR_SYSTEM_ERROR' && Math.abs(error.errno) === constants.errno.EMFILE) return 'EMFILE';
  // Node.js reports a module that cannot be opened as missing
  if (code === 'ERR_MODULE_NOT_FOUND' && !canOpenMore()) return 'EMFILE';
  return code;
}

/** Whether as many files could be opened as a package with its modules takes. */
function canOpenMore() {
  const opened = [];
  try {
    while (opened.length < 32) opened.push(openSync(__filename, 'r'));
    return true;
  } catch {
    return false;
  } finally {
    for (const file of opened) closeSync(file);
  }
}

/** ` (at NAME)` of the innermost function, without the folders of this machine. */
function firstPlace(stack) {
  const [, name] = /^\s+at (?:async )?([\w.<>$ ]+) \(/m.exec(stack ?? '') ?? [];
  return name === undefined ? '' : ` (at ${name})`;
}

function version() {
  try {
    return require('../../package.json').version;
  } catch {
    return 'of unknown version';
  }
}

/** Escapes text from file names and captures for a terminal. */
function escaped(text) {
  return Array.from(text, (character) => {
    const number = character.codePointAt(0);
    const hidden =
      number < 0x20 || (number >= 0x7f && number < 0xa0) || /\p{Cf}|\p{Zl}|\p{Zp}/u.test(character);
    return hidden ? `\\u{${number.toString(16)}}` : character;
  }).join('');
}

process.on('uncaughtException', endings);
process.on('unhandledRejection', endings);

load('./synfin.js');
