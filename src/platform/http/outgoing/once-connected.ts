import type { ClientRequest } from 'node:http';

/** Tells when a connection stands: from then on the other side may have taken the request, and before it nothing. */
export function onceConnected(request: ClientRequest, isSecure: boolean, tell: () => void): void {
  request.on('socket', (socket) => {
    if (socket.connecting) socket.once(isSecure ? 'secureConnect' : 'connect', tell);
    else tell();
  });
}
