#!/usr/bin/env node
// In the language of old versions of Node, which are to read this and say what they lack.
'use strict';
var existsSync = require('fs').existsSync;
var join = require('path').join;
// as package.json has it under engines, which would take a millisecond to read
var wanted = '20.17';
var start = join(__dirname, '../dist/start.js');

/**
 * Of versions such as 20.17 and 20.20.2.
 * @param {string} version
 * @param {string} other
 */
function isBefore(version, other) {
  var parts = version.split('.').map(Number);
  var others = other.split('.').map(Number);
  for (var at = 0; at < others.length; at++)
    if (parts[at] !== others[at]) return Number(parts[at]) < Number(others[at]);
  return false;
}

if (isBefore(process.versions.node, wanted)) {
  process.stderr.write(
    'docker-tutor needs Node ' +
      wanted +
      ' or later, and this is Node ' +
      process.versions.node +
      ': get one from https://nodejs.org/en/download (with nvm: nvm install --lts).\n',
  );
  process.exitCode = 4;
} else if (existsSync(start)) {
  require(start);
} else {
  process.stderr.write('docker-tutor is not built yet: run `npm run build` in its folder.\n');
  process.exitCode = 1;
}
