#!/usr/bin/env node
import { cli } from './cli.js';
import { processIo } from './terminal/io.js';

void cli(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
