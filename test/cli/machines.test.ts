/** An engine on another machine: each lesson passes there, or says before its first step what is in the way. */
import { createServer, connect, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engineSuite, provideImagesOf } from '../engine/lab.ts';
import { outcomeOf } from '../machines/outcome.ts';
import { program, type Program } from './program.ts';

const lessons = ['hello-world', 'tag-push-pull', 'volume-mount'];

/** Not 127.0.0.1: by this address the engine is elsewhere for all that docker-tutor knows. */
const ownAddress = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

engineSuite('an engine at a tcp address of another machine', (engine) => {
  let server: Server;
  let tutor: Program;
  beforeAll(async () => {
    await provideImagesOf(lessons, engine);
    server = createServer((near) => {
      const far = connect(engine.socketPath);
      near.pipe(far).pipe(near);
      near.on('error', () => far.destroy());
      far.on('error', () => near.destroy());
    });
    await new Promise<void>((done) => server.listen(0, ownAddress, done));
    const told = server.address();
    const port = typeof told === 'object' && told ? told.port : 0;
    tutor = await program(`tcp://${String(ownAddress)}:${String(port)}`);
  });
  afterAll(async () => {
    server.close();
    await tutor.remove();
  });

  test.skipIf(ownAddress === undefined).each(lessons)(
    '%s passes, or names the cause before its first step',
    async (lesson) => {
      const outcome = outcomeOf(await tutor.run(['run', lesson, '--yes', '--format', 'json']));
      expect(outcome.is).toMatch(/^(?:passed|told)$/);
      if (lesson === 'hello-world') expect(outcome.is).toBe('passed');
      if (lesson === 'tag-push-pull') expect(outcome).toMatchObject({ is: 'told', code: 'E-LOOPBACK-PORT' });
    },
  );
});
