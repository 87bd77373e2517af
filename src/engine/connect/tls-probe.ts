/** Tells a TLS server from another one by beginning to speak TLS with it. Nothing is sent over it. */
import { connect } from 'node:tls';

const limitMs = 1000;

/** True where the handshake ends, or is refused in TLS's own terms (a client certificate wanted). */
export function speaksTls(to: { readonly host: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    // its certificate is not judged here: only the language it speaks
    const socket = connect({ ...to, rejectUnauthorized: false });
    const timer = setTimeout(() => {
      end(false);
    }, limitMs);
    const end = (answer: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    socket.once('secureConnect', () => {
      end(true);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      end(/^ERR_SSL_.*ALERT/.test(error.code ?? ''));
    });
  });
}
