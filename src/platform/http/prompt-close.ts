import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * A stop waits for answers that are under way and for nothing else. Node alone would wait for connections on which
 * nothing has been asked yet (browsers open some in advance), and for those that are kept alive after an answer was
 * given during the stop.
 */
export function closePromptly(instance: FastifyInstance): void {
  const open = new Set<Socket>();
  let isClosing = false;
  instance.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    if (isClosing) socket.destroy();
  });
  instance.addHook('preClose', (done) => {
    isClosing = true;
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    done();
  });
  instance.addHook('onResponse', (_request, _reply, done) => {
    if (isClosing) instance.server.closeIdleConnections();
    done();
  });
}
