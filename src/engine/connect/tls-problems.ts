/** What OpenSSL says of a certificate or a handshake, as a cause. Pure. */
import type { Args } from '../../causes/cause.ts';
import type { CauseId } from '../../causes/catalogue.ts';

export interface Found {
  readonly id: CauseId;
  readonly args?: Args;
}

/** Names of OpenSSL's verification results and alerts as Node gives them. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const certificateCause: Readonly<Record<string, CauseId>> = {
  CERT_HAS_EXPIRED: 'E-TLS-EXPIRED',
  CERT_NOT_YET_VALID: 'E-CLOCK',
  ERR_TLS_CERT_ALTNAME_INVALID: 'E-TLS-NAME',
  HOSTNAME_MISMATCH: 'E-TLS-NAME',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'E-TLS-CA',
  SELF_SIGNED_CERT_IN_CHAIN: 'E-TLS-CA',
  UNABLE_TO_GET_ISSUER_CERT: 'E-TLS-CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'E-TLS-CA',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'E-TLS-CA',
  CERT_UNTRUSTED: 'E-TLS-CA',
  CERT_REJECTED: 'E-TLS-CA',
  CERT_SIGNATURE_FAILURE: 'E-TLS-CA',
  CERT_CHAIN_TOO_LONG: 'E-TLS-CA',
  INVALID_CA: 'E-TLS-CA',
  INVALID_PURPOSE: 'E-TLS-CA',
  ERR_SSL_WRONG_VERSION_NUMBER: 'E-TLS-NOT-SPOKEN',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'E-TLS-NOT-SPOKEN',
  ERR_SSL_HTTP_REQUEST: 'E-TLS-NOT-SPOKEN',
};

export function tlsCause(code: string): Found | undefined {
  const id = certificateCause[code];
  if (id) return { id };
  // the server's alert about our certificate, or a lack of one
  if (/^ERR_SSL_.*ALERT/.test(code)) return { id: 'E-TLS-CLIENT' };
  if (/^ERR_OSSL_|^ERR_CRYPTO_/.test(code))
    return { id: 'E-TLS-CLIENT', args: { wrong: 'Certificate or key is not PEM, or they do not belong together.' } };
  return undefined;
}
