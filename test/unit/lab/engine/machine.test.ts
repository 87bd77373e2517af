import { describe, expect, test } from 'vitest';
import { labFolder, labPaths } from '../../../../src/lab/folder.ts';
import { mountPoints } from '../../../../src/lab/engine/leftovers.ts';
import { undoRules } from '../../../../src/lab/engine/network.ts';
import { machineObstacle, type MachineFacts } from '../../../../src/lab/engine/obstacles.ts';
import { engineNeeds, missingPackages } from '../../../../src/lab/engine/packages.ts';

const fit: MachineFacts = { platform: 'linux', arch: 'x64', uid: 0, capabilities: '000001ffffffffff' };

describe('where the lab can run', () => {
  test('root on Linux: nothing in the way', () => {
    expect(machineObstacle(fit)).toBeUndefined();
    expect(machineObstacle({ ...fit, capabilities: undefined })).toBeUndefined();
  });

  test.each([
    ['macOS', { platform: 'darwin', uid: 501 }, 'E-LAB-OS', /macOS/],
    ['Windows', { platform: 'win32', uid: undefined }, 'E-LAB-OS', /Windows/],
    ['a user', { uid: 1000 }, 'E-LAB-ROOT', /not root/],
    [
      'root in a plain container',
      { capabilities: '00000000a80425fb' },
      'E-LAB-PRIVILEGES',
      /CAP_SYS_ADMIN and CAP_NET_ADMIN/,
    ],
    ['root without the network', { capabilities: '000001ffffffefff' }, 'E-LAB-PRIVILEGES', /needs CAP_NET_ADMIN, and/],
  ] as const)('%s: says which, and what to do instead', (_, facts, code, message) => {
    const failure = machineObstacle({ ...fit, ...facts });
    expect(failure).toMatchObject({ code, exitCode: 4 });
    expect(failure?.message).toMatch(message);
    expect(failure?.hints.length).toBeGreaterThan(0);
  });
});

describe('what is installed', () => {
  const missing = (...here: string[]): readonly string[] =>
    missingPackages(engineNeeds, (program) => here.includes(program));
  test.each([
    ['a bare machine', [], ['docker.io', 'iptables', 'docker-registry']],
    ['all there', ['dockerd', 'containerd', 'runc', 'iptables', 'docker-registry'], []],
    ["Docker's own packages", ['dockerd', 'containerd', 'runc', 'iptables'], ['docker-registry']],
    ['an engine that lost its runc', ['dockerd', 'containerd', 'iptables', 'docker-registry'], ['runc']],
    ['containerd alone', ['containerd', 'runc', 'iptables', 'docker-registry'], ['docker.io']],
  ])('%s: only what is missing', (_, here, packages) => {
    expect(missing(...here)).toEqual(packages);
  });
});

describe('where it keeps its things', () => {
  test.each([
    [{ DOCKER_TUTOR_LAB_DIR: '/srv/lab', DOCKER_TUTOR_HOME: '/srv/home' }, '/srv/lab'],
    [{ DOCKER_TUTOR_HOME: '/srv/home' }, '/srv/home/lab'],
  ])('%j', async (env, folder) => {
    expect(await labFolder(env)).toBe(folder);
  });

  test('by default under the user’s data folder', async () => {
    expect(await labFolder({})).toMatch(/docker-tutor\/.*lab$|docker-tutor[\\/]lab$/);
  });

  test('sockets are in the folder, or at a short path of its own where they would be too long for the kernel', () => {
    expect(labPaths('/root/.local/share/docker-tutor/lab').socket).toBe(
      '/root/.local/share/docker-tutor/lab/run/docker.sock',
    );
    const long = labPaths(`/home/${'a'.repeat(80)}/lab`, '/run');
    expect(long.run).toMatch(/^\/run\/docker-tutor-lab-[0-9a-f]{12}$/);
    expect(labPaths(`/home/${'ü'.repeat(30)}/lab`, '/run').run).toMatch(/^\/run\//);
    expect(labPaths(`/home/${'b'.repeat(80)}/lab`, '/run').run).not.toBe(long.run);
    expect(long.engineData).toContain(long.folder);
  });
});

describe('what an engine leaves in the network', () => {
  const rules = `-P INPUT ACCEPT
-P FORWARD DROP
-N DOCKER
-N DOCKER-USER
-N MINE
-A INPUT -p tcp --dport 22 -j ACCEPT
-A FORWARD -j DOCKER-USER
-A FORWARD -o docker0 -j DOCKER
-A FORWARD -i br-0123456789ab -j ACCEPT
-A FORWARD -i lab0 -o lab0 -j ACCEPT
-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
-A DOCKER-USER -j RETURN
-A MINE -j ACCEPT`;

  test('its rules and chains go, those of others stay', () => {
    const undone = undoRules(rules, ['br-0123456789ab']).map((words) => words.join(' '));
    expect(undone).toEqual([
      '-D FORWARD -j DOCKER-USER',
      '-D FORWARD -o docker0 -j DOCKER',
      '-D FORWARD -i br-0123456789ab -j ACCEPT',
      '-D POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
      '-F DOCKER',
      '-F DOCKER-USER',
      '-X DOCKER',
      '-X DOCKER-USER',
    ]);
  });

  test('nothing of docker, nothing to undo', () => {
    expect(undoRules('-P FORWARD ACCEPT\n-A INPUT -j ACCEPT', [])).toEqual([]);
  });
});

test('mounts below a folder, the deepest first, blanks decoded, neighbours left out', () => {
  const info = [
    '22 1 0:20 / /lab rw - tmpfs tmpfs rw',
    '23 22 0:21 / /lab/engine rw - ext4 x rw',
    '24 23 0:22 / /lab/engine/a\\040b/merged rw - overlay o rw',
    '25 1 0:23 / /lab2/x rw - tmpfs t rw',
    '',
  ].join('\n');
  expect(mountPoints(info, ['/lab'])).toEqual(['/lab/engine/a b/merged', '/lab/engine']);
});
