/** What was said to the docker CLI before `tutor`, said to docker-tutor: as its own options, and as docker's environment. */
import type { PluginCall } from './call.ts';

type Environment = Record<string, string | undefined>;

/** `--config` and the TLS options have variables that all of docker-tutor reads. */
export function takeDockerSettings({ docker }: PluginCall, env: Environment): void {
  if (docker['config']) env['DOCKER_CONFIG'] = docker['config'];
  if (docker['tlsverify'] !== undefined || isOn(docker['tls'])) {
    // as docker has it: --tlsverify asks for TLS even where it is false
    const verify = docker['tlsverify'] !== undefined && isOn(docker['tlsverify']);
    env['DOCKER_TLS_VERIFY'] = verify ? '1' : '';
    env['DOCKER_TLS'] = '1';
  }
  for (const file of ['tlscacert', 'tlscert', 'tlskey'])
    if (docker[file]) env[`DOCKER_TUTOR_${file.toUpperCase()}`] = docker[file];
}

/** `-H` and `--context`, as the options that docker-tutor's own commands have. */
export function engineWords({ docker }: PluginCall): readonly string[] {
  return ['host', 'context'].flatMap((name) => (docker[name] ? [`--${name}`, docker[name]] : []));
}

function isOn(text: string | undefined): boolean {
  return text !== undefined && /^(?:1|t|true)$/i.test(text);
}
