/** config.json of the docker client, as far as commands are concerned. */
import { describe, expect, test } from 'vitest';
import { settingsIn } from '../../../src/perform/client-settings.ts';

const proxies = {
  default: { httpProxy: 'http://proxy.school.example:3128', noProxy: 'localhost,.school.example' },
  'tcp://10.0.0.7:2375': { httpsProxy: 'http://other.example:8080', ftpProxy: 'ftp://f.example', allProxy: '' },
};

describe('proxies', () => {
  test('are set in capitals and in small letters', () => {
    expect(settingsIn({ proxies }, 'unix:///var/run/docker.sock', {}).proxies).toEqual({
      HTTP_PROXY: 'http://proxy.school.example:3128',
      http_proxy: 'http://proxy.school.example:3128',
      NO_PROXY: 'localhost,.school.example',
      no_proxy: 'localhost,.school.example',
    });
  });

  test('of one engine replace those of all', () => {
    expect(settingsIn({ proxies }, 'tcp://10.0.0.7:2375', {}).proxies).toEqual({
      HTTPS_PROXY: 'http://other.example:8080',
      https_proxy: 'http://other.example:8080',
      FTP_PROXY: 'ftp://f.example',
      ftp_proxy: 'ftp://f.example',
    });
  });

  test.each([undefined, null, [], 'http://proxy', { default: null }, { default: { httpProxy: 7 } }])(
    'are none where the file says %j',
    (written) => {
      expect(settingsIn({ proxies: written }, 'unix:///x', {}).proxies).toEqual({});
    },
  );
});

test('formats, keys, filters and the platform are taken as they are written', () => {
  const config = { psFormat: '{{.Names}}', imagesFormat: '', detachKeys: 'ctrl-e,e', pruneFilters: ['label!=keep', 7] };
  expect(settingsIn(config, 'unix:///x', { DOCKER_DEFAULT_PLATFORM: 'linux/arm64' })).toEqual({
    proxies: {},
    formats: { ps: '{{.Names}}' },
    detachKeys: 'ctrl-e,e',
    pruneFilters: ['label!=keep'],
    platform: 'linux/arm64',
  });
});
