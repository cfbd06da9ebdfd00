#!/usr/bin/env node
import { cli } from './cli.js';
import { processIo } from './io.js';

void cli(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
