/** Devices of the host that a service asks for: `devices`, `gpus`, and those of `deploy`. */
import { dotted, wrong } from '../compose-error.ts';
import type { FilePlace } from '../compose-error.ts';
import { labels, list, record, shortOr, text, texts } from '../readers.ts';
import type { Reader } from '../readers.ts';

export const device = shortOr(
  (written, at) => {
    const [source = '', target = '', permissions = 'rwm', ...more] = written.split(':');
    if (more.length > 0) throw wrong(at, `confusing device mapping, please use long syntax: ${written}`);
    return { source, target: target === '' ? source : target, permissions };
  },
  record({ source: text, target: text, permissions: text }, { needs: ['source'] }),
);

/** `all` is -1, as the engine has it. */
const count: Reader<number> = (value, at) => {
  if (typeof value === 'string' && value.toLowerCase() === 'all') return -1;
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number)) return number;
  throw wrong(at, `${dotted(at.path)}: invalid value "${String(value)}", the only value allowed is 'all' or a number`);
};

const fields = { capabilities: texts, driver: text, count, device_ids: texts, options: labels };
const gpu = counted(record(fields));

export const deviceRequests = list(counted(record(fields, { needs: ['capabilities'] })));

export const gpus: Reader = (value, at) => {
  if (typeof value !== 'string') return list(gpu)(value, at);
  if (value === 'all') return [{ count: -1 }];
  throw wrong(at, `${dotted(at.path)} must be 'all' or a list`);
};

/** All of them, unless it says how many or which. */
function counted(read: Reader): Reader {
  return (value, at: FilePlace) => {
    const found = read(value, at) as Readonly<Record<string, number>> | undefined;
    if (!at.file.whole || found === undefined) return found;
    const [one, other] = ['count' in (value as object), 'device_ids' in (value as object)];
    if (one && other) throw wrong(at, `${dotted(at.path)}: "count" and "device_ids" attributes are exclusive`);
    if (one || other) return found;
    const { capabilities, driver, ...rest } = found;
    return {
      ...(capabilities !== undefined && { capabilities }),
      ...(driver !== undefined && { driver }),
      count: -1,
      ...rest,
    };
  };
}
