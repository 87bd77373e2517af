/** `http`: a published port answers, and as it should. */
import type { HttpFields } from '../../scenario/expectation.ts';
import { claimOf, expectedOf, facetsOf, lookOf } from '../facets/facets.ts';
import type { Facets } from '../facets/facets.ts';
import { fetchPage } from '../../web/fetch-page.ts';
import type { Page } from '../../web/fetch-page.ts';
import { listWords } from '../facets/lists.ts';
import type { KindOfCheck, LookContext } from '../look.ts';
import { propertyOf } from '../property.ts';
import { mayAsk } from '../../web/may-ask.ts';
import { portAddress, readableAddress, slashed } from '../../web/own-address.ts';
import { matchesText, seenText, textWords } from '../facets/text-match.ts';
import { whySilent } from '../ask/why-silent.ts';

type Answer = Pick<HttpFields, 'status' | 'body' | 'header'>;

const table: Facets<Answer, Page> = {
  status: {
    says: (status) => `answers ${status}`,
    expects: (status) => `status: ${status}`,
    sees: ({ status }) => `status: ${status}`,
    holds: (page, status) => page.status === status,
  },
  body: {
    says: (match) => textWords(match) ?? 'has a body',
    expects: (match) => `body ${textWords(match) ?? 'of any kind'}`,
    sees: ({ body }, match) => `body: ${seenText(body, match)}`,
    holds: ({ body }, match) => matchesText(body, match),
  },
  header: {
    says: (headers) => `has the header ${listWords(Object.keys(headers))} as it should be`,
    expects: (headers) =>
      listWords(
        Object.entries(headers).map(
          ([name, wanted]) => `${name}: ${typeof wanted === 'string' ? wanted : (textWords(wanted) ?? 'any')}`,
        ),
      ),
    sees: ({ headers }, wanted) =>
      listWords(Object.keys(wanted).map((name) => `${name}: ${headers[name.toLowerCase()] ?? 'none'}`)),
    holds: ({ headers }, wanted) =>
      Object.entries(wanted).every(([name, match]) => isHeader(headers[name.toLowerCase()], match)),
  },
};

export const http: KindOfCheck<HttpFields> = {
  judges: 'engine',
  acts: true,
  names: () => [],
  asks: (fields) => [
    'url' in fields ? { field: 'url', place: { url: fields.url } } : { field: 'port', place: { port: fields.port } },
  ],
  claim: (fields) => claimOf(placeOf(fields), boundOf(fields), 'answers'),
  expected: (fields) => expectedOf(boundOf(fields), 'an answer'),
  property: (fields) => propertyOf({ ...fields, status: fields.status ?? 200 }, ['port', 'path', 'url']),
  async look(fields, context) {
    const page = await fetchPage(urlOf(fields, context), { signal: context.signal, mayAsk: mayAsk(context) });
    if ('silent' in page) {
      if (page.refused === 'elsewhere') return { holds: false, undecided: true, final: true, observed: page.silent };
      return { holds: false, observed: page.silent, why: () => whySilent(portOf(fields), page, context) };
    }
    return lookOf(page, boundOf(fields), `status: ${page.status}`);
  },
};

/** 200 is expected where no status is given. */
function boundOf(fields: HttpFields): ReturnType<typeof facetsOf<Answer, Page>> {
  return facetsOf({ status: fields.status ?? 200, body: fields.body, header: fields.header }, table);
}

function urlOf(fields: HttpFields, { portsHost }: LookContext): string {
  return 'url' in fields ? fields.url : portAddress(portsHost, fields.port, fields.path);
}

function placeOf(fields: HttpFields): string {
  return 'url' in fields ? fields.url : `port ${fields.port}${fields.path === undefined ? '' : slashed(fields.path)}`;
}

function portOf(fields: HttpFields): number {
  return 'port' in fields ? fields.port : (readableAddress(fields.url)?.port ?? 80);
}

function isHeader(actual: string | undefined, wanted: string | Parameters<typeof matchesText>[1]): boolean {
  if (actual === undefined) return false;
  return typeof wanted === 'string' ? actual === wanted : matchesText(actual, wanted);
}
