/** Where a port leads that is open now, in sentences. Pure; names are the engine's, the caller cleans them. */
import type { OpenPort } from '../events/events.ts';

/** Where web servers listen by custom. Of other ports nobody knows whether a browser is of use. */
const ofTheWeb: ReadonlySet<string> = new Set(
  ['80', '3000', '4200', '5000', '5173', '8000', '8008', '8080', '8081', '8888'].map((port) => `${port}/tcp`),
);

/** The address begins the sentence: a full stop at its end would be taken for a part of it. */
export function describeOpenPorts(open: readonly OpenPort[]): string[] {
  return open.map(({ container, port, at }) => {
    const [number = '', protocol] = port.split('/');
    const named = protocol === 'tcp' ? `port ${number}` : `${(protocol ?? '').toUpperCase()} port ${number}`;
    return `${ofTheWeb.has(port) ? `http://${at}` : at} leads to ${named} of ${container}.`;
  });
}
