/** dist/start.js: runs the program beside it. */
import { keptCode } from './kept-code.ts';
import { openProgram } from './program.ts';

/** Written in by start-code.mjs: what no two builds have in common. */
declare const BUILD: string;
/** For the benchmark. */
declare const AT_ONCE: boolean;

const command = process.argv[2] ?? '';
// a folder's name: nothing else may become one
const kept = /^[a-z]{1,12}$/.test(command)
  ? keptCode(`${__dirname}/compiled/${process.version}-${process.arch}-${BUILD}/${command}`)
  : undefined;

openProgram({ folder: __dirname, kept, atOnce: AT_ONCE })('main.js');
