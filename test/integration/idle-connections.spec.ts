import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { portOf } from '../../src/local/ports.js';
import { postJson } from '../../src/notifications/channels/http-post.js';
import { until } from '../support/until.js';

/** A gateway that never ends a connection by itself. */
const gateway = createServer({ keepAliveTimeout: 0 }, (_request, response) => response.end('{}'));
const open = new Set<Socket>();
let connections = 0;

beforeAll(async () => {
  gateway.on('connection', (socket) => {
    connections += 1;
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await once(gateway.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => {
  gateway.closeAllConnections();
  gateway.close();
});

it('uses a connection to a gateway again at once, and leaves it when it idles: the gateway might be just doing so', async () => {
  const url = new URL(`http://127.0.0.1:${portOf(gateway.address())}/`);
  const post = (): Promise<unknown> => postJson(url, 'token', {}, AbortSignal.timeout(5_000));
  await post();
  await post();
  expect(connections).toBe(1);
  await until(() => open.size === 0);
  expect(await post()).toEqual({ status: 200, body: {} });
});
