/** Lends a build the learner's ssh agent, byte for byte: moby/buildkit, session/sshforward. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { bytesIn, fieldsOf, messageOf, textIn } from '../protobuf.ts';
import type { Call } from './grpc-server.ts';
import { GrpcError, statusCodes } from '../grpc.ts';
import { unary } from './grpc-server.ts';
import { valuesOf } from './metadata.ts';

/** An agent that nothing is named for. */
const usual = 'default';

/** Whether there is an agent of this id. @param sockets of the agents, by id */
export function checkAgent(sockets: ReadonlyMap<string, string>): (call: Call) => Promise<void> {
  return (call) =>
    unary(call, (request) => {
      socketOf(sockets, textIn(fieldsOf(request), 1));
      return messageOf({});
    });
}

export function forwardAgent(sockets: ReadonlyMap<string, string>): (call: Call) => Promise<void> {
  return async ({ raw, messages, send }) => {
    const agent = connect(socketOf(sockets, valuesOf(raw, 'buildkit.ssh.id')[0] ?? ''));
    try {
      await Promise.all([answers(agent, send), questions(agent, messages)]);
    } finally {
      agent.destroy();
    }
  };
}

function socketOf(sockets: ReadonlyMap<string, string>, id: string): string {
  const socket = sockets.get(id === '' ? usual : id);
  if (socket === undefined) throw new GrpcError(`unset ssh forward key ${id}`, statusCodes.notFound);
  return socket;
}

async function answers(agent: Socket, send: Call['send']): Promise<void> {
  for await (const chunk of agent) await send(messageOf({ 1: chunk as Uint8Array }));
}

async function questions(agent: Socket, messages: Call['messages']): Promise<void> {
  for await (const message of messages) agent.write(bytesIn(fieldsOf(message), 1));
  agent.end();
}
