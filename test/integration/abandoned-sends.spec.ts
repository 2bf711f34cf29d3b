import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EmailChannel } from '../../src/notifications/channels/email-channel.js';
import type { SendingChannel } from '../../src/notifications/channels/sending-channel.js';
import { SmtpConnections } from '../../src/notifications/channels/smtp-connections.js';
import { SmsChannel } from '../../src/notifications/channels/sms-channel.js';
import { HttpSmsGateway } from '../../src/notifications/channels/sms-http-gateway.js';
import type { Outcome } from '../../src/notifications/outcome.js';
import { probeMessage, probeWriter } from '../support/probe-message.js';
import { FullPort, SilentServer, SMTP_MOMENTS, type SmtpMoment } from '../support/silent-servers.js';
import { until } from '../support/until.js';

const WITHIN_MS = 150;
/** After the signal, on a busy machine. Nodemailer's own patience is four seconds and more. */
const SOON_MS = 1_000;

/** Both sides of a connection together, by what Linux gives them at most. */
const MORE_THAN_SOCKETS_HOLD = 10_000_000;

async function abandoned(channel: SendingChannel): Promise<Outcome | undefined> {
  const send = (await channel.prepare([probeMessage], probeWriter)).get(probeMessage.id);
  const signal = AbortSignal.timeout(WITHIN_MS);
  let abortedAt = Number.NaN;
  signal.addEventListener('abort', () => (abortedAt = performance.now()));
  const outcome = await send?.(signal);
  expect(performance.now() - abortedAt).toBeLessThan(SOON_MS);
  return outcome;
}
const email = (url: string): SendingChannel => new EmailChannel(url, 'shukun@ankang.example');
const sms = (url: string): SendingChannel => new SmsChannel(new HttpSmsGateway(url, 'only-for-tests'));

/** Nothing of the attempt is left: what the socket still held must not leave later. */
const untilGone = (server: SilentServer): Promise<void> => until(() => server.sockets.size === 0);

let full: FullPort;
beforeAll(async () => {
  full = await FullPort.open();
});
afterAll(() => full.close());

describe('a mail is given up in time, and its connection with it, at a server that falls silent', () => {
  const outcomes: Record<SmtpMoment, Outcome['status']> = {
    connected: 'temporary',
    EHLO: 'temporary',
    STARTTLS: 'temporary',
    AUTH: 'temporary',
    MAIL: 'temporary',
    RCPT: 'temporary',
    DATA: 'temporary',
    text: 'unknown',
  };

  it.each(SMTP_MOMENTS.map((moment) => [moment, outcomes[moment]] as const))(
    'after %s: %s',
    async (moment, status) => {
      const server = await SilentServer.smtp(moment);
      const mode = moment === 'STARTTLS' ? 'requireTLS=true' : 'requireTLS=false';
      const url = `smtp://shukun:secret@127.0.0.1:${server.port}?${mode}`;
      expect(await abandoned(email(url))).toMatchObject({ status, isAway: true });
      await untilGone(server);
      await server.close();
    },
  );

  it('in the middle of the text: unknown, and the rest of it stays here', async () => {
    const server = await SilentServer.smtp('half');
    const connections = new SmtpConnections(`smtp://127.0.0.1:${server.port}`);
    const giveUp = new AbortController();
    const text = Buffer.alloc(MORE_THAN_SOCKETS_HOLD, 'text\r\n');
    const sent = connections.send('shukun@ankang.example', probeMessage.address, text, giveUp.signal);
    await until(() => [...server.sockets].some((socket) => socket.isPaused()));
    giveUp.abort();
    expect(await sent).toMatchObject({ status: 'unknown' });
    const [socket] = server.sockets;
    socket?.resume();
    await untilGone(server);
    expect(socket?.bytesRead).toBeLessThan(text.length);
    await server.close();
  });

  it('when shaking hands for TLS: temporary', async () => {
    const server = await SilentServer.mute();
    expect(await abandoned(email(`smtps://127.0.0.1:${server.port}`))).toMatchObject({ status: 'temporary' });
    await untilGone(server);
    await server.close();
  });

  it('or at the door: temporary', async () => {
    expect(await abandoned(email(`smtp://127.0.0.1:${full.port}`))).toMatchObject({
      status: 'temporary',
      gatewayCode: 'ETIMEDOUT',
    });
  });
});

describe('an SMS is given up in time, and its connection with it, at a gateway that falls silent', () => {
  it.each([
    ['at the door', 'temporary', 'http', null],
    ['when shaking hands for TLS', 'temporary', 'https', 'mute'],
    ['once it is asked', 'unknown', 'http', 'mute'],
    ['in the middle of its answer', 'unknown', 'http', 'http'],
  ] as const)('%s: %s', async (_, status, protocol, kind) => {
    const server = kind === null ? null : await SilentServer[kind]();
    const url = `${protocol}://127.0.0.1:${server?.port ?? full.port}/send`;
    expect(await abandoned(sms(url))).toMatchObject({ status, isAway: true });
    if (server === null) return;
    await untilGone(server);
    await server.close();
  });
});
