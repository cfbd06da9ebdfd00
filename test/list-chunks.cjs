// Preloaded by chunks.test.ts: prints the names of the scripts that scripts/main.cjs compiles.
'use strict';
const { basename } = require('node:path');
const vm = require('node:vm');

vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    process.stderr.write(`chunk ${basename(options.filename, '.js')}\n`);
  }
};
