import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { v7 as uuidv7 } from 'uuid';
import { EmailChannel, type MailSettings } from '../../src/notifications/channels/email-channel.js';
import type { ClaimedMessage } from '../../src/notifications/letter.js';
import type { Outcome } from '../../src/notifications/outcome.js';
import { checkDkim } from '../support/dkim-check.js';

const fixture = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, '../fixtures', name), 'utf8');
const [key, ca] = [fixture('mail-server.key.pem'), fixture('mail-server.crt.pem')];
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const dkim = {
  domain: 'ankang.example',
  selector: 'shukun2026',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};

const message: ClaimedMessage = {
  id: uuidv7(),
  fence: 1,
  attempts: 1,
  recipientId: uuidv7(),
  isContact: false,
  recipientName: '王建国',
  address: 'official@ankang.example',
};
const letter = {
  subject: '【红灯提醒】安康第一号富硒食品有限公司',
  text: '王建国，您好：  \n\n.一行以点开头\n末尾有空行\n\n\n',
  html: '<p>已超期 1 个工作日</p>',
};

interface Received {
  raw: Buffer;
  isEncrypted: boolean;
}
let received: Received[] = [];
let open: SMTPServer[] = [];
afterEach(async () => {
  await Promise.all(open.map((server) => new Promise<void>((done) => server.close(done))));
  [received, open] = [[], []];
});

async function keep(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  received.push({ raw: await buffer(stream), isEncrypted: session.secure });
}

/** A mail server with a certificate that nobody knows, which keeps mails as they came. */
async function mailServer(options: { secure: boolean }): Promise<number> {
  const server = new SMTPServer({
    ...options,
    key,
    cert: ca,
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onData: (stream, session, answer) => {
      void keep(stream, session).then(() => answer());
    },
  });
  server.on('error', () => undefined);
  open.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return Object(server.server.address()).port;
}

async function send(url: string, security: MailSettings): Promise<Outcome | undefined> {
  const channel = new EmailChannel(url, '稳增长专班 <shukun@ankang.example>', security);
  const writer = {
    letters: async () => new Map([[message.id, letter]]),
    shortMessages: async () => new Map(),
  };
  const outcome = await (await channel.prepare([message], writer)).get(message.id)?.(
    AbortSignal.timeout(5_000),
  );
  channel.close();
  return outcome;
}

describe('a mail server whose certificate its own authority has signed', () => {
  it.each([
    ['from the first byte', true, (port: number) => `smtps://localhost:${port}`],
    ['after STARTTLS', false, (port: number) => `smtp://localhost:${port}?requireTLS=true`],
  ])('is believed where that authority is configured: %s', async (_, secure, urlOf) => {
    const url = urlOf(await mailServer({ secure }));
    expect(await send(url, {})).toMatchObject({ status: 'temporary', isAway: true });
    expect(received).toEqual([]);
    expect(await send(url, { ca })).toMatchObject({ status: 'sent' });
    expect(received).toEqual([expect.objectContaining({ isEncrypted: true })]);
  });

  it('is not believed under another name', async () => {
    const port = await mailServer({ secure: true });
    const url = `smtps://localhost:${port}?tls.servername=`;
    expect(await send(`${url}elsewhere.example`, { ca })).toMatchObject({ status: 'temporary' });
    expect(received).toEqual([]);
    expect(await send(`${url}localhost`, { ca })).toMatchObject({ status: 'sent' });
  });
});

describe('a signed mail', () => {
  const raw = async (): Promise<Buffer> => {
    const port = await mailServer({ secure: false });
    expect(await send(`smtp://127.0.0.1:${port}?ignoreTLS=true`, { dkim })).toMatchObject({ status: 'sent' });
    return received[0]?.raw ?? Buffer.alloc(0);
  };

  it('is what the owner of the domain has signed, with its Message-ID', async () => {
    const mail = await raw();
    const checked = checkDkim(mail, publicKey);
    expect(checked).toMatchObject({
      tags: { v: '1', a: 'rsa-sha256', c: 'relaxed/relaxed', d: 'ankang.example', s: 'shukun2026' },
      isBodyWhole: true,
      isSigned: true,
    });
    expect(checked?.tags['h']?.toLowerCase().split(':')).toEqual(
      expect.arrayContaining(['from', 'to', 'subject', 'message-id', 'date', 'content-type']),
    );
    expect(mail.toString()).toContain(`Message-ID: <${message.id}@ankang.example>`);
  });

  it.each([
    ['another body', 'text/html', 'text/plain', { isBodyWhole: false, isSigned: true }],
    [
      'another sender',
      'shukun@ankang.example',
      'shukun@elsewhere.example',
      { isBodyWhole: true, isSigned: false },
    ],
    ['another id', message.id, uuidv7(), { isBodyWhole: true, isSigned: false }],
  ])('does not pass with %s', async (_, was, is, expected) => {
    const changed = (await raw()).toString('latin1').replace(was, is);
    expect(checkDkim(Buffer.from(changed, 'latin1'), publicKey)).toMatchObject(expected);
  });

  it('passes for nobody else, and is not signed where there is no key', async () => {
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey;
    expect(checkDkim(await raw(), stranger)).toMatchObject({ isBodyWhole: true, isSigned: false });
    const port = await mailServer({ secure: false });
    await send(`smtp://127.0.0.1:${port}?ignoreTLS=true`, {});
    expect(checkDkim(received[1]?.raw ?? Buffer.alloc(0), publicKey)).toBeNull();
  });
});
