/** Places on this machine that docker-tutor writes to or starts from. What is wrong with one is in the failure's own words. */
import type { Args, Explanation } from './cause.ts';
import type { Machine } from './facts.ts';

const isOne =
  (...errnos: readonly string[]) =>
  (_: Machine, { errno = '' }: Args): boolean =>
    errnos.includes(errno);
const isFull = isOne('ENOSPC', 'EDQUOT');

export const places = {
  'E-STATE-FOLDER': {
    explanation:
      'Whatever is made is written down there first, so that docker-tutor clean finds it even where a run was cut short. Where nothing can be written, nothing is made.',
    fixes: [
      {
        do: 'df -h {path}; df -i {path}',
        note: 'bytes or inodes? Make room there: docker-tutor needs little',
        fits: isFull,
      },
      {
        do: 'sudo chown -R {user|"$(id -u)"} {path}',
        note: 'where it is your own, and another user has made it',
        fits: (machine, args) =>
          machine.platform !== 'win32' && !machine.root && isOne('EACCES', 'EPERM')(machine, args),
      },
      { do: 'mv {path} {path}.before', note: 'it makes way for a folder', fits: isOne('ENOTDIR', 'EEXIST') },
      {
        do: 'export HOME=<folder>',
        note: 'your home folder: this user has none that the system knows',
        fits: (_, { home }) => home === 'none',
      },
      { do: 'export DOCKER_TUTOR_HOME=<folder>', note: 'names another one, that you may write to' },
    ],
  },
  'E-TEMP-FOLDER': {
    explanation: 'The files of a lesson are copied into a new folder there, which is removed with the run.',
    fixes: [
      { do: 'df -h {path}; df -i {path}', note: 'bytes or inodes? Make room there', fits: isFull },
      { do: 'mkdir -p {path}', fits: isOne('ENOENT') },
      {
        do: 'export TMPDIR=<folder>',
        note: 'names another one, that you may write to',
        fits: ({ platform }) => platform !== 'win32',
      },
      { do: 'set TEMP and TMP to another folder', fits: ({ platform }) => platform === 'win32' },
    ],
  },
  'E-WORKING-FOLDER': {
    explanation: 'It was removed, or its disk is gone; paths that are relative to it lead nowhere.',
    fixes: [{ do: 'cd ~', note: 'or to any folder that is there, and try again' }],
  },
  'E-FILE-REFUSED': {
    explanation:
      'The system did not let docker-tutor read or write on this machine. What it had made is removed as far as it could be.',
    fixes: [
      { do: 'df -h {path}; df -i {path}', note: 'bytes or inodes? Make room there', fits: isFull },
      { do: 'docker-tutor clean', note: 'removes what is still there, once it is mended' },
    ],
  },
} as const satisfies Readonly<Record<string, Explanation>>;
