import dgram from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';
import http from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { OutgoingHttp } from '../../src/platform/http/outgoing/outgoing-http.js';

let server: http.Server;
let port: number;
const asked: string[] = [];
const clients: OutgoingHttp[] = [];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url === '/moved') return response.writeHead(302, { location: '/other' }).end();
    if (request.url === '/empty') return response.writeHead(204).end();
    if (request.url === '/hangs') return undefined;
    if (request.url === '/long') return response.end('x'.repeat(5_000));
    if (request.url === '/endless') {
      const more = (): boolean => response.write('x'.repeat(1_000), (error) => (error ? undefined : more()));
      return more();
    }
    return request.pipe(response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = Object(server.address()).port;
});
afterAll(() => {
  for (const client of clients) client.onApplicationShutdown();
  server.closeAllConnections();
  server.close();
});
afterEach(() => {
  asked.length = 0;
  jest.restoreAllMocks();
});

const clientOf = (...allowed: string[]): OutgoingHttp => {
  const config = Object.assign(new AppConfig(), { outgoingAllowedNetworks: allowed });
  const client = new OutgoingHttp(config);
  clients.push(client);
  return client;
};
const addressOf = (path: string, host = '127.0.0.1'): URL => new URL(`http://${host}:${port}${path}`);

const { Resolver } = dns.promises;
const noData = (): Promise<never> => Promise.reject(Object.assign(new Error('no data'), { code: 'ENODATA' }));

/** Names are asked of this, as an attacker's own name server would answer. */
const answerNames = (four: string[], six: string[] = []): void => {
  const answer = (addresses: string[]) => () =>
    addresses.length > 0 ? Promise.resolve(addresses) : noData();
  jest.spyOn(Resolver.prototype, 'resolve4').mockImplementation(answer(four));
  jest.spyOn(Resolver.prototype, 'resolve6').mockImplementation(answer(six));
};

/** As the machine's own file of hosts would. */
const answerFromFile = (address: string): void => {
  const lookup = (_name: string, _options: object, callback: Function): void =>
    process.nextTick(() => callback(null, [{ address, family: 4 }]));
  jest.spyOn(dns, 'lookup').mockImplementation(lookup as typeof dns.lookup);
};

describe('an address that may not be reached', () => {
  it.each([
    'http://127.0.0.1/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://017700000001/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::10.0.0.1]/',
    'https://[fe80::1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.100.100.200/latest/meta-data/',
    'https://10.0.0.1/',
    'https://0.0.0.0/',
    'https://１２７.０.０.１/',
    'https://localhost/',
    'https://LOCALHOST/',
  ])('%s', async (url) => {
    const refused = { code: 'OUTGOING_ADDRESS_FORBIDDEN' };
    await expect(clientOf().fetch(url)).rejects.toMatchObject(refused);
    await expect(clientOf('10.9.0.0/16').requireReachable(new URL(url))).rejects.toMatchObject(refused);
  });

  it.each([
    'file:///etc/passwd',
    'ftp://8.8.8.8/',
    'gopher://8.8.8.8/',
    'unix:/run/x.sock',
    'https://u:p@8.8.8.8/',
  ])('%s', async (url) => {
    await expect(clientOf().fetch(url)).rejects.toMatchObject({ code: 'OUTGOING_URL_INVALID' });
  });

  it('by http, unless it is listed', async () => {
    const client = clientOf('10.0.0.0/8');
    await expect(client.fetch('http://8.8.8.8/')).rejects.toMatchObject({ code: 'OUTGOING_HTTPS_REQUIRED' });
    answerNames(['8.8.8.8']);
    await expect(client.fetch('http://portal.example/')).rejects.toMatchObject({
      code: 'OUTGOING_HTTPS_REQUIRED',
    });
  });

  it('nobody knows', async () => {
    const nowhere = clientOf('127.0.0.0/8').requireReachable(new URL('https://nowhere.invalid/'));
    await expect(nowhere).rejects.toMatchObject({ code: 'OUTGOING_NAME_UNKNOWN' });
  });

  it('behind a name, even beside one that may', async () => {
    answerNames(['8.8.8.8', '127.0.0.1']);
    await expect(clientOf().fetch(`https://portal.example:${port}/`)).rejects.toMatchObject({
      code: 'OUTGOING_ADDRESS_FORBIDDEN',
    });
    expect(asked).toEqual([]);
  });

  it('behind a name, also where only version 6 leads there', async () => {
    answerNames([], ['::1']);
    const refused = { code: 'OUTGOING_ADDRESS_FORBIDDEN' };
    await expect(clientOf().fetch('https://portal.example/')).rejects.toMatchObject(refused);
    answerNames(['8.8.8.8'], ['fd00::1']);
    const url = new URL('https://portal.example/');
    await expect(clientOf().fetch(url)).rejects.toMatchObject(refused);
    await expect(clientOf().requireReachable(url)).rejects.toMatchObject(refused);
  });

  it('behind a name that pointed elsewhere when it was written down', async () => {
    answerNames(['127.0.0.1']);
    const client = clientOf('10.0.0.0/8');
    await expect(client.fetch(addressOf('/', 'portal.example'))).rejects.toMatchObject({
      code: 'OUTGOING_ADDRESS_FORBIDDEN',
    });
    expect(asked).toEqual([]);
  });
});

describe('a name server that hangs', () => {
  let silent: dgram.Socket;
  let questions = 0;

  beforeEach(async () => {
    questions = 0;
    silent = dgram.createSocket('udp4').on('message', () => (questions += 1));
    silent.bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const ask = Resolver.prototype.resolve4 as (name: string) => Promise<string[]>;
    jest.spyOn(Resolver.prototype, 'resolve4').mockImplementation(function (
      this: dns.promises.Resolver,
      name: string,
    ) {
      this.setServers([`127.0.0.1:${silent.address().port}`]);
      return ask.call(this, name);
    });
  });
  afterEach(() => void silent.close());

  it('is asked once, and given up soon, without a thread of the system', async () => {
    const lookup = jest.spyOn(dns, 'lookup');
    const from = performance.now();
    await expect(clientOf().requireReachable(new URL('https://portal.example/'))).rejects.toMatchObject({
      code: 'OUTGOING_NAME_UNKNOWN',
    });
    await expect(clientOf().fetch('https://portal.example/', { timeoutMs: 100 })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(performance.now() - from).toBeLessThan(5_000);
    expect(questions).toBe(4);
    expect(lookup).not.toHaveBeenCalled();
  });

  it('does not keep a listed name from being found in the file of hosts', async () => {
    answerFromFile('127.0.0.1');
    expect((await clientOf('portal.local').fetch(addressOf('/empty', 'portal.local'))).status).toBe(204);
    expect(questions).toBe(0);
  });
});

describe('an address that may', () => {
  const client = (): OutgoingHttp => clientOf('127.0.0.0/8', 'portal.local');

  it.each(['127.0.0.1', 'localhost', 'portal.local'])('is reached: %s', async (host) => {
    if (host === 'portal.local') answerFromFile('127.0.0.1');
    const answer = await client().fetch(addressOf('/echo', host), {
      method: 'POST',
      body: '纾困',
      headers: { 'content-type': 'text/plain' },
    });
    expect([answer.status, await answer.text(), answer.headers.getSetCookie()]).toEqual([
      200,
      '纾困',
      ['a=1', 'b=2'],
    ]);
    expect(asked).toEqual(['POST /echo']);
  });

  it('may send nowhere else', async () => {
    expect((await client().fetch(addressOf('/moved'))).status).toBe(302);
    expect((await client().fetch(addressOf('/empty'))).status).toBe(204);
    expect(asked).toEqual(['GET /moved', 'GET /empty']);
  });

  it('is not waited for longer than was said', async () => {
    const hanging = client().fetch(addressOf('/hangs'), { timeoutMs: 50 });
    await expect(hanging).rejects.toMatchObject({ name: 'TimeoutError' });
    const given = AbortSignal.abort(new Error('no longer wanted'));
    await expect(client().fetch(addressOf('/hangs'), { signal: given })).rejects.toThrow('no longer wanted');
    await expect(client().fetch(addressOf('/endless'), { timeoutMs: 5_000 })).rejects.toMatchObject({
      name: 'OutgoingAnswerTooLong',
    });
  });

  it('is heard to the end within bounds', async () => {
    const heard = await client().fetch(addressOf('/long'), { maxBytes: 5_000 });
    expect((await heard.text()).length).toBe(5_000);
    await expect(client().fetch(addressOf('/long'), { maxBytes: 4_999 })).rejects.toMatchObject({
      name: 'OutgoingAnswerTooLong',
      maxBytes: 4_999,
    });
  });
});
