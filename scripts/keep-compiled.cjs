// Preloaded by the build (node --require): keeps the code that V8 compiled for each script that scripts/main.cjs loads, as it is
// when the program ends, so that functions which a run needs are in it.
'use strict';
const { existsSync, writeFileSync } = require('node:fs');
const vm = require('node:vm');

const scripts = [];
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    scripts.push([`${options.filename}.cache`, this]);
  }
};
process.on('exit', () => {
  for (const [path, script] of scripts) if (!existsSync(path)) writeFileSync(path, script.createCachedData());
});
