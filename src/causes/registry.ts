/** Causes between the engine and a registry. */
import type { Args, Cause } from './cause.ts';
import type { Machine } from './facts.ts';

/** Not Docker Hub. */
const ofYourOwn = (_: Machine, { registry }: Args): boolean => registry !== undefined && registry !== 'docker.io';
/** A login helper that fails. */
const isThere = (_: Machine, { so }: Args): boolean => so !== undefined;
/** Of an image that is to come from there. */
const ofPull = (_: Machine, { image, doing }: Args): boolean => image !== undefined && doing !== 'push';
const because =
  (why: string) =>
  (_: Machine, args: Args): boolean =>
    args['why'] === why;

export const registry = {
  'E-CRED-HELPER': {
    title: 'The login helper {program|of the docker config} {so|cannot be run}',
    explanation: 'config.json says that logins are kept by this program, and it is not on this machine, or it failed.',
    moreExactly: [
      {
        explanation:
          'config.json says that logins are kept by this program. As long as it fails, registries are asked without a login: public images come, private ones do not.',
        fits: isThere,
      },
    ],
    fixes: [
      { do: '{program} list', note: 'what does it say?', fits: isThere },
      { do: 'remove "{key|credsStore}" from {file|~/.docker/config.json}', note: 'then docker login again' },
      {
        do: 'install {program|the helper}',
        note: 'if you want your logins kept there',
        fits: (m, a) => !isThere(m, a),
      },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/login/#credential-stores',
    exitCode: 4,
  },
  'E-DNS-DAEMON': {
    title: 'The engine cannot resolve the name {registry|of the registry}',
    explanation:
      'It is the engine that fetches images, and its name server does not know the name or does not answer. Your own browser may well reach it.',
    fixes: [
      {
        do: 'getent hosts {registry|registry-1.docker.io}',
        note: 'on the engine’s machine: does it know the name itself?',
        fits: (m) => m.platform === 'linux',
      },
      {
        do: 'cat /etc/resolv.conf',
        note: 'the name servers that an engine there asks',
        fits: (m) => m.platform === 'linux',
      },
      { do: 'sudo systemctl restart docker', note: 'after the network has changed', fits: (m) => m.systemd },
      { do: 'restart Docker Desktop', note: 'after the network has changed', fits: (m) => m.desktop },
    ],
    document: 'https://docs.docker.com/engine/daemon/troubleshoot/#specify-dns-servers-for-docker',
    exitCode: 4,
    lab: true,
  },
  'E-PROXY-DAEMON': {
    title: 'The engine cannot reach {registry|the registry}',
    explanation:
      'It is the engine that fetches images, over its own network and proxy settings. {why|The connection was refused, did not come about, or broke off.}',
    moreExactly: [
      {
        explanation:
          'Nothing listens at {registry} on the engine’s machine. localhost there is the engine’s machine, not yours.',
        fits: (_, a) => /^(localhost|127\.)/.test(a['registry'] ?? ''),
      },
    ],
    fixes: [
      {
        do: 'start the registry',
        note: 'at {registry}',
        fits: (_, a) => /^(localhost|127\.)/.test(a['registry'] ?? ''),
      },
      {
        do: 'curl -i http://{registry}/v2/',
        note: 'on the engine’s machine: does a registry answer there? https:// where it has TLS',
        fits: (_, a) => ofYourOwn(_, a) && !/^(localhost|127\.)/.test(a['registry'] ?? ''),
      },
      {
        do: 'docker info --format "{{.HTTPProxy}} {{.HTTPSProxy}}"',
        note: 'the proxy the engine uses',
        fits: (_, a) => !/^(localhost|127\.)/.test(a['registry'] ?? ''),
      },
      {
        do: 'set HTTP_PROXY and HTTPS_PROXY for dockerd',
        note: 'not only in your shell',
        fits: (m, a) => !m.desktop && !/^(localhost|127\.)/.test(a['registry'] ?? ''),
      },
      { do: 'Docker Desktop › Settings › Resources › Proxies', fits: (m) => m.desktop },
    ],
    document: 'https://docs.docker.com/engine/daemon/proxy/',
    exitCode: 4,
    lab: true,
  },
  'E-PROXY-CONTAINER': {
    title: 'Containers cannot reach the network that the engine reaches',
    explanation: 'The engine’s proxy is not that of its containers and builds: they take theirs from your config.json.',
    fixes: [{ do: 'add "proxies" to ~/.docker/config.json', note: 'httpProxy, httpsProxy, noProxy' }],
    document: 'https://docs.docker.com/engine/cli/proxy/',
    exitCode: 4,
  },
  'E-RATE-LIMIT': {
    title: 'The registry allows no more pulls for now',
    explanation:
      'Docker Hub counts pulls by address where nobody is logged in, and a whole class may share one address. {left|}',
    fixes: [
      { do: 'docker login', note: 'a free account has a limit of its own' },
      { do: 'docker-tutor bundle load <file>', note: 'lessons’ images from a stick, written by bundle create' },
      { do: 'docker load -i <file>', note: 'other images, written by docker save' },
      { do: 'add "registry-mirrors" to /etc/docker/daemon.json', note: 'a mirror in your network' },
    ],
    document: 'https://docs.docker.com/docker-hub/usage/',
    exitCode: 4,
    lab: true,
  },
  'E-AUTH-REQUIRED': {
    title: '{registry|The registry} wants a login',
    explanation: 'The request came without one.',
    moreExactly: [
      {
        explanation:
          'The request came without one, or with one that does not count for this image. Many registries say the same of a name that is not there.',
        fits: ofPull,
      },
    ],
    fixes: [
      { do: 'docker login {registry|}', note: 'if it is private', fits: ofPull },
      { do: 'docker login {registry|}', fits: (m, a) => !ofPull(m, a) },
      { do: 'is {image} spelt so?', fits: ofPull },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/login/',
    exitCode: 4,
  },
  'E-AUTH-DENIED': {
    title: '{registry|The registry} does not allow this with your login',
    explanation:
      'User name or password is wrong, or this account may not do that in this repository. You can push only below your own name: <user>/<image>.',
    fixes: [
      { do: 'docker login {registry|}', note: 'with the right account; a token where two-factor login is on' },
      {
        do: 'docker tag {image|IMAGE} <user>/{image|IMAGE}',
        note: 'before docker push',
        fits: (_, a) => a['doing'] === 'push',
      },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/login/',
    exitCode: 4,
  },
  'E-IMAGE-NOT-FOUND': {
    title: '{what|There is no image} {image|of that name}',
    explanation:
      'No repository of that name is in the registry, or it is private and you are not logged in; Docker Hub does not say which.',
    moreExactly: [
      { explanation: 'No image of that name is on the engine.', fits: (_, a) => a['where'] === 'engine' },
      {
        explanation:
          'No repository of that name is at {registry}, or it is private and you are not logged in there; many registries do not say which.',
        fits: ofYourOwn,
      },
    ],
    fixes: [
      { do: 'docker images', note: 'the images that are here', fits: (_, a) => a['where'] === 'engine' },
      {
        do: 'docker pull {image}',
        note: 'if it is a public one',
        fits: (_, a) => a['where'] === 'engine' && a['image'] !== undefined,
      },
      {
        do: 'docker search {repository}',
        note: 'is it spelt so?',
        fits: (m, a) => a['where'] !== 'engine' && a['repository'] !== undefined && !ofYourOwn(m, a),
      },
      {
        do: 'docker login',
        note: 'if it is private',
        fits: (m, a) => a['where'] !== 'engine' && !ofYourOwn(m, a),
      },
      {
        do: 'docker login {registry}',
        note: 'if it is private',
        fits: (m, a) => a['where'] !== 'engine' && ofYourOwn(m, a),
      },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/image/pull/',
    exitCode: 4,
  },
  'E-TAG-NOT-FOUND': {
    title: 'The repository has no tag {image|of that name}',
    explanation:
      'The repository is there, this tag is not. Without a tag, latest is meant, and not every repository has one.',
    moreExactly: [
      {
        explanation:
          'Many registries say the same where there is no repository of that name. Without a tag, latest is meant, and not every repository has one.',
        fits: ofYourOwn,
      },
    ],
    fixes: [{ do: 'look at the repository’s tags on its page', note: '{nearest|and take one of them}' }],
    document: 'https://docs.docker.com/reference/cli/docker/image/pull/',
    exitCode: 4,
  },
  'E-PLATFORM': {
    title: 'The image {image|} has no variant for this machine’s platform',
    explanation: 'Images are made for a processor and a system. This one has none for {platform|that of the engine}.',
    fixes: [
      {
        do: '--platform linux/amd64',
        note: 'runs it emulated, where the engine can: Docker Desktop does',
        // most images have that variant; where it is the one that is missing, it is no advice
        fits: (_, a) => a['platform'] !== undefined && !a['platform'].startsWith('linux/amd64'),
      },
      {
        do: 'docker manifest inspect {image}',
        note: 'which platforms there are',
        fits: (_, a) => a['image'] !== undefined,
      },
    ],
    document: 'https://docs.docker.com/build/building/multi-platform/',
    exitCode: 4,
  },
  'E-REGISTRY-HTTP': {
    title: '{registry|The registry} speaks plain http, and the engine insists on https',
    explanation: 'Engines allow plain http only for registries on localhost, or for those named in their settings.',
    fixes: [
      {
        do: 'add "insecure-registries": ["{registry|host:port}"] to /etc/docker/daemon.json',
        note: 'in a network you trust, then restart the engine',
      },
    ],
    document: 'https://docs.docker.com/reference/cli/dockerd/#insecure-registries',
    exitCode: 4,
  },
  'E-REGISTRY-CA': {
    title: 'The engine does not trust the certificate of {registry|the registry}',
    explanation: 'An authority the engine does not know signed it: a registry of your own, or a proxy that opens TLS.',
    moreExactly: [
      {
        explanation: 'It was made for other names than the one that the registry is asked by here.',
        fits: because('name'),
      },
      {
        explanation: 'It held until {until}, and the engine’s clock says {now}. If that is wrong, the clock is.',
        fits: because('expired'),
      },
    ],
    fixes: [
      {
        do: 'put the CA into /etc/docker/certs.d/{registry|host:port}/ca.crt',
        note: 'on the engine’s machine; no restart needed',
        fits: (m, a) => !because('name')(m, a) && !because('expired')(m, a),
      },
      {
        do: 'make the registry’s certificate anew',
        note: 'with the name or IP address that it is asked by as subjectAltName',
        fits: because('name'),
      },
      { do: 'renew the registry’s certificate', note: 'on its machine', fits: because('expired') },
      { do: 'date -u', note: 'on the engine’s machine: is its clock right?', fits: because('expired') },
    ],
    document: 'https://docs.docker.com/engine/security/certificates/',
    exitCode: 4,
  },
  'E-REGISTRY-DOWN': {
    title: '{registry|The registry} is out of order: it answers {status|with a fault of its own}',
    explanation:
      'It was reached, and it or a proxy before it could not do its work. That is not yours to mend, and mostly passes.',
    fixes: [
      { do: 'try again in some minutes' },
      { do: 'https://www.dockerstatus.com/', note: 'is Docker Hub known to be ill?', fits: (m, a) => !ofYourOwn(m, a) },
      {
        do: 'curl -i http://{registry}/v2/',
        note: 'on the engine’s machine: what does it say? https:// where it has TLS',
        fits: ofYourOwn,
      },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/image/pull/',
    exitCode: 4,
    lab: true,
  },
  'E-NOT-A-REGISTRY': {
    title: 'What answers for {registry|the registry} is not a registry',
    explanation:
      'The engine got a web page or another answer that no registry gives: often the sign-in page of a network (a hotel, a campus), a proxy’s page, or an address without a registry.',
    fixes: [
      {
        do: 'curl -i http://{registry}/v2/',
        note: 'on the engine’s machine: a registry answers 200 or 401; https:// where it has TLS',
        fits: ofYourOwn,
      },
      {
        do: 'curl -i https://registry-1.docker.io/v2/',
        note: 'on the engine’s machine: a registry answers 200 or 401',
        fits: (m, a) => !ofYourOwn(m, a),
      },
      { do: 'open any page in a browser', note: 'does the network want a sign-in?' },
    ],
    document: 'https://docs.docker.com/engine/daemon/proxy/',
    exitCode: 4,
    lab: true,
  },
} as const satisfies Readonly<Record<string, Cause>>;
