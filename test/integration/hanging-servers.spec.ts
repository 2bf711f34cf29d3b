import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MailRecorder } from '../../src/local/mail-recorder.js';
import { SmsRecorder } from '../../src/local/sms-recorder.js';
import { EmailChannel } from '../../src/notifications/channels/email-channel.js';
import type { SendingChannel } from '../../src/notifications/channels/sending-channel.js';
import { SmsChannel } from '../../src/notifications/channels/sms-channel.js';
import { HttpSmsGateway } from '../../src/notifications/channels/sms-http-gateway.js';
import type { Outcome } from '../../src/notifications/outcome.js';
import { CutOff } from '../support/cut-off.js';
import { probeMessage, probeWriter } from '../support/probe-message.js';

const TOKEN = 'only-for-tests';
let mail: MailRecorder;
let sms: SmsRecorder;

beforeAll(async () => {
  [mail, sms] = [await MailRecorder.start(), await SmsRecorder.start({ token: TOKEN })];
});
afterAll(() => Promise.all([mail.close(), sms.close()]));

/** As a message is sent, but with less patience. */
const attempt = async (channel: SendingChannel, withinMs = 300): Promise<Outcome | undefined> => {
  const send = (await channel.prepare([probeMessage], probeWriter)).get(probeMessage.id);
  const outcome = await send?.(AbortSignal.timeout(withinMs));
  channel.close();
  return outcome;
};
const email = (): SendingChannel => new EmailChannel(mail.url, 'shukun@ankang.example');

describe('a server that hangs', () => {
  it.each([
    ['connect', 'temporary'],
    ['recipient', 'temporary'],
    ['data', 'unknown'],
  ])('at %s is left in time, and the outcome is %s', async (stage, status) => {
    mail.decide = (moment) => (moment.stage === stage ? 'hang' : 'accept');
    expect(await attempt(email())).toMatchObject({ status });
  });

  it('may have taken an SMS', async () => {
    sms.decide = () => 'hang';
    expect(await attempt(new SmsChannel(new HttpSmsGateway(sms.url, TOKEN)))).toMatchObject({
      status: 'unknown',
    });
  });

  it('that ended an idle session is connected to anew', async () => {
    mail.decide = () => 'accept';
    const way = await CutOff.to(mail.url);
    const channel = new EmailChannel(`smtp://127.0.0.1:${way.port}`, 'shukun@ankang.example');
    const send = (await channel.prepare([probeMessage], probeWriter)).get(probeMessage.id);
    expect(await send?.(AbortSignal.timeout(5_000))).toMatchObject({ status: 'sent' });
    way.cut();
    way.mend();
    expect(await send?.(AbortSignal.timeout(5_000))).toMatchObject({ status: 'sent' });
    channel.close();
    await way.close();
  });
});

describe('a mail server that offers no encryption', () => {
  it.each([
    ['and wants a password', 'temporary', (port: string) => `smtp://shukun:secret@127.0.0.1:${port}`],
    ['and is another machine', 'temporary', (port: string) => `smtp://0.0.0.0:${port}`],
    ['and is to be used all the same', 'sent', (port: string) => `smtp://0.0.0.0:${port}?requireTLS=false`],
  ])('%s: the outcome is %s', async (_, status, urlOf) => {
    mail.clear();
    mail.decide = () => 'accept';
    const channel = new EmailChannel(urlOf(new URL(mail.url).port), 'shukun@ankang.example');
    expect(await attempt(channel, 5_000)).toMatchObject({ status });
    expect(mail.mails).toHaveLength(status === 'sent' ? 1 : 0);
  });
});
