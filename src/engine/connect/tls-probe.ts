/** Tells a TLS server from another one by beginning to speak TLS with it, and what its certificate says. Nothing is sent over it. */
import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import type { PeerCertificate } from 'node:tls';
import type { Args } from '../../causes/cause.ts';
import type { TlsMaterial } from '../engine.ts';

const limitMs = 1000;

/**
 * @returns undefined where the handshake neither ends nor is refused in TLS's own terms (a client certificate wanted); else
 * of its certificate, where it came that far, `since`, `until` and `names`.
 */
export function tlsServer(to: { readonly host: string; readonly port: number }): Promise<Args | undefined> {
  return new Promise((resolve) => {
    // its certificate is not judged here: only the language it speaks
    const socket = connect({ ...to, rejectUnauthorized: false });
    const timer = setTimeout(() => {
      end(undefined);
    }, limitMs);
    const end = (answer: Args | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    socket.once('secureConnect', () => {
      end(saidBy(socket.getPeerCertificate()));
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      end(/^ERR_SSL_.*ALERT/.test(error.code ?? '') ? {} : undefined);
    });
  });
}

function saidBy(certificate: Partial<PeerCertificate>): Args {
  const { valid_from: since, valid_to: until, subjectaltname: names } = certificate;
  return {
    ...(since !== undefined && { since: moment(since) }),
    ...(until !== undefined && { until: moment(until) }),
    ...(names !== undefined && { names: names.replace(/\b(?:DNS|IP Address):/g, '') }),
  };
}

/** `Feb  1 00:00:00 2020 GMT` → `2020-02-01 00:00 UTC` */
function moment(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What is to be said of the client's own certificate where a server has refused it. */
export function refusedClient({ cert }: TlsMaterial, now: number): Args {
  if (cert === undefined) return { wrong: 'You have sent none.' };
  try {
    const { validTo, issuer } = new X509Certificate(cert);
    if (Date.parse(validTo) < now) return { sent: 'yes', wrong: `Yours held until ${moment(validTo)}.` };
    return { sent: 'yes', wrong: `Yours was signed by ${issuer.replace(/\n/g, ', ')}.` };
  } catch {
    // no certificate: OpenSSL has said so, or will
    return { sent: 'yes' };
  }
}
