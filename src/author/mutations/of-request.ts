/** A request sent wrong in one place: to another port or path, in another way, with something else. Pure. */
import type { RequestAction } from '../../scenario/schema.ts';
import { otherText } from './changed-value.ts';

type Request = RequestAction['request'];

export interface ChangedRequest {
  readonly change: string;
  readonly request: Request;
}

/** @param ports that the lesson publishes */
export function changedRequests(request: Request, ports: readonly number[]): readonly ChangedRequest[] {
  const { headers = {}, body } = request;
  const method = request.method ?? 'GET';
  return [
    ...otherPlaces(request, ports),
    ...[method === 'GET' ? 'HEAD' : 'GET'].map((other) => ({
      change: `method ${other}`,
      request: { ...request, method: other, ...(other === 'GET' && { body: undefined }) } as Request,
    })),
    ...Object.entries(headers).flatMap(([key, value]) => [
      {
        change: `without header ${key}`,
        request: { ...request, headers: Object.fromEntries(Object.entries(headers).filter(([one]) => one !== key)) },
      },
      ...otherText(value).map((other) => ({
        change: `header ${key}: ${other}`,
        request: { ...request, headers: { ...headers, [key]: other } },
      })),
    ]),
    ...(body === undefined ? [] : [{ change: 'without its body', request: { ...request, body: undefined } }]),
  ];
}

/** A port at which nobody is to answer is refused, whatever the step claims: another is one of the lesson's. */
function otherPlaces(request: Request, ports: readonly number[]): readonly ChangedRequest[] {
  if ('url' in request) {
    const url = otherPath(request.url);
    return [{ change: `url ${url}`, request: { ...request, url } }];
  }
  const port = ports.find((one) => String(one) !== String(request.port));
  const path = otherPath(request.path ?? '/');
  return [
    ...(port === undefined ? [] : [{ change: `port ${String(port)}`, request: { ...request, port } }]),
    { change: `path ${path}`, request: { ...request, path } },
  ];
}

/** Of an address what comes before `?`. */
function otherPath(written: string): string {
  const [, before = '', query = ''] = /^([^?]*)(.*)$/s.exec(written) ?? [];
  return `${before}${before.endsWith('/') ? '' : '-'}other${query}`;
}
