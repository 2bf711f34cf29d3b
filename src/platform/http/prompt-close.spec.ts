import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { expect, it } from '@jest/globals';
import { fastifyAdapter } from './fastify-adapter.js';

it('a stop waits for the answer that is under way, and for no connection beside it', async () => {
  const instance = fastifyAdapter({ trustedProxies: [] }).getInstance();
  let answer: () => void = () => undefined;
  const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
  instance.get('/slow', async () => {
    await mayAnswer;
    return 'done';
  });
  await instance.listen({ port: 0, host: '127.0.0.1' });
  const { port } = instance.server.address() as AddressInfo;
  const asked = once(instance.server, 'request');
  const slow = fetch(`http://127.0.0.1:${port}/slow`);
  await asked;
  const arrived = once(instance.server, 'connection');
  const silent = connect(port, '127.0.0.1').resume();
  await arrived;
  const ended = once(silent, 'close');
  const closed = instance.close();
  await ended;
  answer();
  expect(await (await slow).text()).toBe('done');
  await closed;
});
