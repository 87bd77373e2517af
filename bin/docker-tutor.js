#!/usr/bin/env node
// Starts dist; nothing else.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { load } = require('./load.js');

const dist = join(__dirname, '../dist');

if (existsSync(join(dist, 'main.js'))) {
  load(dist, 'main.js', process.argv[2] ?? '');
} else {
  process.stderr.write('docker-tutor is not built yet: run `npm run build` in its folder.\n');
  process.exitCode = 1;
}
