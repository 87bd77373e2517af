/** TLS material from the environment or a context, read as the docker CLI reads it. */
import { causeFailure } from '../../cause-failure.ts';
import type { Args } from '../../causes/cause.ts';
import type { DockerContext, Files } from '../config/docker-config.ts';
import type { TlsMaterial } from '../engine.ts';

interface Sources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Files;
}

/** DOCKER_TLS_VERIFY (any value but the empty one) asks for TLS with, DOCKER_TLS for TLS without verification. */
export function environmentTls(configFolder: string, about: Args, { env, files }: Sources): TlsMaterial | undefined {
  const verify = isSet(env['DOCKER_TLS_VERIFY']);
  if (!verify && !isSet(env['DOCKER_TLS'])) return undefined;
  const folder = isSet(env['DOCKER_CERT_PATH']) ? env['DOCKER_CERT_PATH'] : configFolder;
  // docker's --tlscacert, --tlscert and --tlskey, given to `docker tutor` (cli/plugin/docker-settings.ts)
  const named = {
    ca: env['DOCKER_TUTOR_TLSCACERT'],
    cert: env['DOCKER_TUTOR_TLSCERT'],
    key: env['DOCKER_TUTOR_TLSKEY'],
  };
  const material = readMaterial(folder, about, files, named);
  if (verify && material.ca === undefined) {
    throw causeFailure('E-TLS-CA', {
      args: { ...about, ca: named.ca ?? `${folder}/ca.pem`, wrong: 'That file is not there.' },
      evidence: [`DOCKER_TLS_VERIFY is set, and ${named.ca ?? `${folder}/ca.pem`} does not exist`],
    });
  }
  return { ...material, verify };
}

/** TLS is used where the context brings any material, or says that it is not to be verified. */
export function contextTls(context: DockerContext, about: Args, files: Files): TlsMaterial | undefined {
  const material = readMaterial(context.tlsFolder, about, files);
  if (Object.keys(material).length === 0 && !context.skipTlsVerify) return undefined;
  return { ...material, verify: !context.skipTlsVerify };
}

type Pem = 'ca' | 'cert' | 'key';

/** @param named files that go by another name or lie elsewhere */
function readMaterial(
  folder: string,
  about: Args,
  files: Files,
  named: Readonly<Partial<Record<Pem, string | undefined>>> = {},
): Omit<TlsMaterial, 'verify'> {
  const read = (pem: Pem): string | undefined =>
    readPem(named[pem] ?? `${folder}/${pem}.pem`, pem, folder, about, files);
  const [ca, cert, key] = [read('ca'), read('cert'), read('key')];
  if ((cert === undefined) !== (key === undefined)) {
    const lacking = cert === undefined ? 'cert.pem' : 'key.pem';
    throw causeFailure('E-TLS-CLIENT', {
      args: {
        ...about,
        folder,
        so: 'is not whole',
        wrong: `${lacking} is missing: certificate and key belong together.`,
      },
      evidence: [`${folder}/${lacking} does not exist`],
    });
  }
  const isThere = (ca ?? cert) !== undefined && Object.values(named).every((path) => path === undefined);
  return {
    ...(isThere && { folder }),
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}

function readPem(path: string, pem: Pem, folder: string, about: Args, files: Files): string | undefined {
  try {
    return files.read(path);
  } catch (cause) {
    const wrong = cause instanceof Error ? cause.message : String(cause);
    const id = pem === 'ca' ? 'E-TLS-CA' : 'E-TLS-CLIENT';
    throw causeFailure(id, {
      args: {
        ...about,
        folder,
        ca: path,
        so: pem === 'ca' ? 'cannot be checked' : 'cannot be read',
        wrong: `${path} cannot be read.`,
      },
      evidence: [wrong],
      cause,
    });
  }
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
