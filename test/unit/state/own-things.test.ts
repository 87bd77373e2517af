/** What a process makes outside the state folder goes after a crash: that, and nothing that has only its name. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeOwnFile, makeOwnFolder, removeDeadOwn } from '../../../src/state/own-things.ts';

let folder: string;
let journals: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docker-tutor-own-things-'));
  journals = join(folder, 'runs');
});
afterEach(() => rmSync(folder, { recursive: true }));

const id = 'tb1x9k-0123456789';
const path = (): string => join(folder, 'it');
const record = (): string => join(journals, `${id}.own.json`);
const wish = () => ({ journals, id, path });
const any = (): boolean => true;

/** As if its process had been killed: pid 1 was never started at this time. */
function kill(change: (told: Record<string, unknown>) => object = (told) => told): void {
  const told = JSON.parse(readFileSync(record(), 'utf8')) as Record<string, unknown>;
  const process = { ...(told['process'] as object), pid: 1, started: '999' };
  writeFileSync(record(), JSON.stringify(change({ ...told, process })));
}

/** Before the inode was written down. */
const unmarked = (told: Record<string, unknown>): object => ({ ...told, inode: undefined });

test('what is removed in time leaves nothing', () => {
  const { remove } = makeOwnFolder(wish());
  writeFileSync(join(path(), 'file'), '');
  expect(remove()).toBeUndefined();
  expect(readdirSync(folder)).toEqual(['runs']);
  expect(readdirSync(journals)).toEqual([]);
});

test('what a live process has stays', () => {
  makeOwnFolder(wish());
  expect(removeDeadOwn(journals, any)).toEqual([]);
  expect(existsSync(path())).toBe(true);
});

describe('of a dead process', () => {
  test('a folder goes with all that is in it', () => {
    makeOwnFolder(wish());
    mkdirSync(join(path(), 'deep/er'), { recursive: true });
    kill();
    expect(removeDeadOwn(journals, any)).toEqual([{ id, kind: 'folder', path: path() }]);
    expect(readdirSync(folder)).toEqual(['runs']);
    expect(readdirSync(journals)).toEqual([]);
    expect(removeDeadOwn(journals, any)).toEqual([]);
  });

  test('a file goes', () => {
    const { descriptor } = makeOwnFile(wish());
    writeFileSync(descriptor, 'half a report');
    kill();
    expect(removeDeadOwn(journals, any)).toEqual([{ id, kind: 'file', path: path() }]);
    expect(existsSync(path())).toBe(false);
  });

  test('what may not go yet stays written down', () => {
    makeOwnFolder(wish());
    kill();
    expect(removeDeadOwn(journals, (one) => one !== id)).toEqual([]);
    expect(existsSync(path()) && existsSync(record())).toBe(true);
  });

  const others: Readonly<Record<string, () => void>> = {
    'another folder of that name': () => {
      // both there at once, so that they cannot have one inode
      renameSync(path(), join(folder, 'aside'));
      mkdirSync(path());
    },
    'a link of that name': () => {
      renameSync(path(), join(folder, 'aside'));
      symlinkSync(join(folder, 'aside'), path());
    },
    'a file of that name': () => {
      renameSync(path(), join(folder, 'aside'));
      writeFileSync(path(), 'somebody’s');
    },
  };
  test.each(Object.entries(others))('%s stays, and what it leads to', (_, replace) => {
    makeOwnFolder(wish());
    writeFileSync(join(path(), 'file'), '');
    replace();
    kill();
    expect(removeDeadOwn(journals, any)).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['aside', 'it', 'runs']);
    expect(readdirSync(join(folder, 'aside'))).toEqual(['file']);
    expect(readdirSync(journals)).toEqual([]);
  });

  test('killed before it was known which one it is: it goes while it is empty, and else it is somebody’s', () => {
    makeOwnFolder(wish());
    kill(unmarked);
    expect(removeDeadOwn(journals, any)).toHaveLength(1);
    expect(existsSync(path())).toBe(false);
    makeOwnFolder(wish());
    writeFileSync(join(path(), 'file'), '');
    kill(unmarked);
    expect(removeDeadOwn(journals, any)).toEqual([]);
    expect(existsSync(join(path(), 'file'))).toBe(true);
  });

  test('killed before it was made: nothing is left to say so', () => {
    makeOwnFolder(wish());
    kill();
    rmSync(path(), { recursive: true });
    expect(removeDeadOwn(journals, any)).toEqual([]);
    expect(readdirSync(journals)).toEqual([]);
  });
});

test('a name that something has is passed over, and what has it stays', () => {
  mkdirSync(path());
  let count = 0;
  const made = makeOwnFolder({ ...wish(), path: () => (count++ === 0 ? path() : join(folder, 'other')) });
  expect(made.path).toBe(join(folder, 'other'));
  kill();
  removeDeadOwn(journals, any);
  expect(readdirSync(folder).sort()).toEqual(['it', 'runs']);
});

test('where it cannot be written down, it is not made', () => {
  writeFileSync(join(folder, 'runs'), '');
  expect(() => makeOwnFolder(wish())).toThrowError(expect.objectContaining({ code: 'E-STATE-FOLDER' }) as Error);
  expect(readdirSync(folder)).toEqual(['runs']);
});
