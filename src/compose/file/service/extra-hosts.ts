/** `extra_hosts:` `host:ip`, `host=ip`, a mapping; printed as `host=ip`, sorted. */
import { inside, wrong } from '../compose-error.ts';
import type { FilePlace } from '../compose-error.ts';
import { scalar, text, wordOrTexts } from '../readers.ts';
import type { Reader } from '../readers.ts';

export const extraHosts: Reader<readonly string[]> = (value, at) => {
  const all =
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value).flatMap(([host, ip]) =>
          (wordOrTexts(ip, inside(at, host)) ?? []).map((one) => entryOf(host, one, inside(at, host))),
        )
      : ((Array.isArray(value) ? value : [text(value, at)]) as readonly unknown[]).flatMap((entry, index) =>
          several(scalar(entry, inside(at, index)) ?? '', inside(at, index)),
        );
  return at.file.whole ? [...all].sort() : all;
};

/** `host:ip1,ip2` */
function several(written: string, at: FilePlace): readonly string[] {
  const sign = written.includes('=') ? '=' : ':';
  const cut = written.indexOf(sign);
  if (cut === -1) throw wrong(at, `invalid additional host, missing IP: ${written}`);
  return written
    .slice(cut + 1)
    .split(',')
    .map((ip) => entryOf(written.slice(0, cut), ip, at));
}

function entryOf(host: string, ip: string, at: FilePlace): string {
  if (host === '' || /[:=]/.test(host)) throw wrong(at, `bad host name '${host}'`);
  return `${host}=${ip.replace(/^\[(.+)\]$/, '$1')}`;
}
