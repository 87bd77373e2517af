#!/usr/bin/env node
// Starts dist; nothing else. Node keeps the compiled code between runs where it can (22.1 and later).
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';

const main = new URL('../dist/main.js', import.meta.url);

if (existsSync(main)) {
  if ('enableCompileCache' in nodeModule) /** @type {() => void} */ (nodeModule.enableCompileCache)();
  await import(main.href);
} else {
  process.stderr.write('docker-tutor is not built yet: run `npm run build` in its folder.\n');
  process.exitCode = 1;
}
