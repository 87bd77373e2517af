#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const start = join(__dirname, '../dist/start.js');

if (existsSync(start)) {
  require(start);
} else {
  process.stderr.write('docker-tutor is not built yet: run `npm run build` in its folder.\n');
  process.exitCode = 1;
}
