/** Causes of the secured ways to an engine: TLS and ssh. */
import type { Args, Cause } from './cause.ts';
import type { Machine } from './facts.ts';

const tlsPage = 'https://docs.docker.com/engine/security/protect-access/';
const fromContext = (args: Args): boolean => /context/i.test(args['from'] ?? '');
/** The host is named by its IP address. */
const byNumber = (_: Machine, args: Args): boolean => /^[\d.]+$|:/.test(args['host'] ?? '');
/** The shell on the other side finds no docker. */
const noProgram = (_: Machine, args: Args): boolean => args['why'] === 'no-program';

export const secured = {
  'E-TLS-WANTED': {
    title: '{address} wants TLS, and was asked without it',
    explanation:
      'The engine’s port speaks https only. docker-tutor asked in plain http, because nothing says that TLS is to be used.',
    fixes: [
      {
        do: 'export DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=~/.docker',
        note: 'the folder with ca.pem, cert.pem and key.pem',
        fits: (_, a) => !fromContext(a),
      },
      {
        do: 'docker context update {detail} --docker "host={address},ca=ca.pem,cert=cert.pem,key=key.pem"',
        fits: (_, a) => fromContext(a),
      },
    ],
    document: tlsPage,
    exitCode: 4,
  },
  'E-TLS-NOT-SPOKEN': {
    title: '{address} does not speak TLS, and was asked with it',
    explanation:
      'TLS is turned on by DOCKER_TLS_VERIFY, DOCKER_TLS or the context, but the port answers in plain text. Engines speak plain http on 2375, TLS on 2376.',
    fixes: [
      {
        do: 'unset DOCKER_TLS_VERIFY DOCKER_TLS',
        note: 'if the engine is really to be asked without TLS',
        fits: (_, a) => !fromContext(a),
      },
      { do: 'check the port of {address}', note: 'TLS is usually on 2376' },
    ],
    document: tlsPage,
    exitCode: 4,
  },
  'E-TLS-CA': {
    title: 'The certificate of {address} {so|is not signed by an authority you trust}',
    explanation:
      'docker-tutor checks the engine’s certificate against {ca|ca.pem}. {wrong|Its signer is not in there.}',
    fixes: [
      { do: 'put the CA that signed the engine’s certificate into {ca|ca.pem}', fits: (_, a) => !fromContext(a) },
      {
        do: 'docker context update {detail} --docker "host={address},ca=ca.pem,cert=cert.pem,key=key.pem"',
        fits: (_, a) => fromContext(a),
      },
    ],
    document: tlsPage,
    exitCode: 4,
  },
  'E-TLS-CLIENT': {
    title: 'Your client certificate for {address} {so|is not accepted}',
    explanation:
      'The engine lets in only clients whose certificate its CA signed. {wrong|Yours is missing, expired, or signed by another CA.}',
    fixes: [
      {
        do: 'put cert.pem and key.pem into {folder|DOCKER_CERT_PATH}',
        note: 'a pair signed by the engine’s CA, for client authentication',
        fits: (_, a) => !fromContext(a),
      },
      {
        do: 'docker context update {detail} --docker "host={address},ca=ca.pem,cert=cert.pem,key=key.pem"',
        fits: (_, a) => fromContext(a),
      },
      {
        do: 'openssl x509 -in {folder}/cert.pem -noout -dates -issuer',
        note: 'who signed it, and until when it holds',
        fits: (_, a) => a['sent'] !== undefined && a['folder'] !== undefined,
      },
    ],
    document: tlsPage,
    exitCode: 4,
  },
  'E-TLS-EXPIRED': {
    title: 'The certificate of {address} has expired',
    explanation: 'It held until {until|a moment that has passed}. If that is wrong, this machine’s clock is.',
    fixes: [
      { do: 'renew the engine’s server certificate', note: 'on {host|its host}' },
      { do: 'date -u', note: 'is the clock right?' },
    ],
    document: tlsPage,
    exitCode: 4,
  },
  'E-TLS-NAME': {
    title: 'The certificate of {address} is for another name',
    explanation: 'It holds for {names|other names}, and {host|the name asked for} is not among them.',
    fixes: [
      { do: 'use a name that is in the certificate', note: '{names}', fits: (_, a) => a['names'] !== undefined },
      { do: 'make the server certificate anew', note: 'with subjectAltName = IP:{host}', fits: byNumber },
      {
        do: 'make the server certificate anew',
        note: 'with subjectAltName = DNS:{host}',
        fits: (m, a) => !byNumber(m, a),
      },
    ],
    document: tlsPage,
    exitCode: 4,
  },
  'E-SSH-AUTH': {
    title: 'ssh: {target|the host} does not let you in',
    explanation: 'None of your keys was accepted, and docker-tutor never asks for a password there.',
    fixes: [
      { do: 'ssh-copy-id {target}', note: 'puts your key there' },
      { do: 'ssh-add', note: 'if the key has a passphrase' },
      { do: 'ssh {target} true', note: 'must work without a question' },
    ],
    document: 'https://docs.docker.com/engine/security/protect-access/#use-ssh-to-protect-the-docker-daemon-socket',
    exitCode: 4,
  },
  'E-SSH-HOSTKEY': {
    title: 'ssh: the host key of {target|the host} is not known, or has changed',
    explanation:
      'A new host is confirmed once by hand. A changed key means that the machine was set up anew, or that another one answers in its place.',
    fixes: [
      { do: 'ssh {target} true', note: 'compare the fingerprint, then confirm' },
      { do: 'ssh-keygen -R {host}', note: 'only if you know why it changed' },
    ],
    document: 'https://docs.docker.com/engine/security/protect-access/#use-ssh-to-protect-the-docker-daemon-socket',
    exitCode: 4,
  },
  'E-SSH-NO-DOCKER': {
    title: 'ssh works, but docker on {target|the host} leads to no engine',
    explanation:
      'The connection to the host stands. There the docker program is asked for the way to its engine (docker system dial-stdio): it is older than 18.09, its engine does not run, or the socket is closed to that user.',
    moreExactly: [
      {
        explanation:
          'The connection to the host stands. There the docker program is asked for the way to its engine (docker system dial-stdio), and the shell finds no such program.',
        fits: noProgram,
      },
    ],
    fixes: [
      {
        do: 'install Docker on {host}',
        note: 'https://docs.docker.com/engine/install/; the client alone will do where the engine is another program',
        fits: noProgram,
      },
      {
        do: 'ssh {target} printenv PATH',
        note: 'if docker is installed there: its folder must be in this list',
        fits: noProgram,
      },
      { do: 'ssh {target} docker version', note: 'what does it say there?', fits: (m, a) => !noProgram(m, a) },
      {
        do: 'sudo usermod -aG docker <user>',
        note: 'on {host}, if the socket is closed to that user',
        fits: (m, a) => !noProgram(m, a),
      },
    ],
    document: 'https://docs.docker.com/engine/security/protect-access/#use-ssh-to-protect-the-docker-daemon-socket',
    exitCode: 4,
  },
} as const satisfies Readonly<Record<string, Cause>>;
