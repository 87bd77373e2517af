/**
 * Stands in for what our packages load and docker-tutor never uses: gRPC for BuildKit sessions, ssh2 for ssh (ours goes
 * through the system's ssh), tar-fs for build contexts (ours are streamed), commander's programs as subcommands.
 * Loading it is free; using it is a bug, and says so.
 */
'use strict';

/** @returns {never} */
function refuse() {
  throw new Error('A package that is not part of this build was used: see unused-package.cjs.');
}

/** @type {object} */
const unused = new Proxy(refuse, {
  get: (_target, key) => (typeof key === 'symbol' ? undefined : unused),
  construct: refuse,
});

module.exports = unused;
