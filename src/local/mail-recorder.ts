import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { portOf } from './ports.js';
import { Recordings } from './recordings.js';

export interface RecordedMail {
  /** Instant of arrival, RFC 3339. */
  receivedAt: string;
  /** The Message-ID header without its angle brackets. */
  messageId: string;
  from: string;
  /** Envelope recipients that were accepted. */
  to: string[];
  subject: string;
  text: string;
  html: string;
  attachments: RecordedAttachment[];
}

/** A file that came along, without its content. */
export interface RecordedAttachment {
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  /** Hex. */
  sha256: string;
}

/** Where a conversation stands when the recorder decides: `recipient` and `data` also know the address or the mail. */
export type MailMoment =
  { stage: 'connect' } | { stage: 'recipient'; address: string } | { stage: 'data'; mail: RecordedMail };

/** Less than anybody waits, and enough to have one's hands full. */
const SLOW_MS = 5_000;

/**
 * `hang` never answers, `slow` takes a while to accept. `cut` drops the connection; at `data` the mail is recorded first, which is how a server looks
 * that took the mail and died before its final 250. A code is a refusal, and nothing is recorded.
 */
export type MailVerdict = 'accept' | 'slow' | 'hang' | 'cut' | { code: number; text: string };

/** An SMTP server on loopback that delivers nothing and remembers everything; `decide` makes it misbehave for tests. */
export class MailRecorder {
  decide: (moment: MailMoment) => MailVerdict = () => 'accept';
  readonly #recordings: Recordings<RecordedMail>;
  readonly #server: SMTPServer;
  readonly #sockets = new Map<number, Socket>();

  private constructor(recordings: Recordings<RecordedMail>) {
    this.#recordings = recordings;
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 100,
      size: 25 * 1024 * 1024,
      onConnect: (session, answer) => this.#answer(this.decide({ stage: 'connect' }), session, answer),
      onRcptTo: ({ address }, session, answer) =>
        this.#answer(this.decide({ stage: 'recipient', address }), session, answer),
      onData: (stream, session, answer) => {
        void this.#receive(stream, session, answer);
      },
    });
    // A client that goes away in the middle is an event of its own, not a fault of the recorder.
    this.#server.on('error', () => undefined);
    this.#server.server.on('connection', (socket) => {
      const { remotePort = 0 } = socket;
      this.#sockets.set(remotePort, socket);
      socket.once('close', () => this.#sockets.delete(remotePort));
    });
  }

  /** `file` keeps the mails over restarts; `port` 0 takes a free one; `limit` is how many are remembered. */
  static async start(options: { file?: string; port?: number; limit?: number } = {}): Promise<MailRecorder> {
    const recorder = new MailRecorder(new Recordings(options.file ?? null, options.limit));
    const listening = recorder.#server.listen(options.port ?? 0, '127.0.0.1');
    await once(listening, 'listening');
    return recorder;
  }

  get mails(): readonly RecordedMail[] {
    return this.#recordings.items;
  }

  get port(): number {
    return portOf(this.#server.server.address());
  }

  /** For `SMTP_URL`. */
  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  clear(): void {
    this.#recordings.clear();
  }

  async close(): Promise<void> {
    if (this.#server.server.listening) await new Promise<void>((done) => this.#server.close(done));
    this.#recordings.close();
  }

  async #receive(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    answer: (error?: Error | null) => void,
  ): Promise<void> {
    try {
      const mail = await read(stream, session);
      const verdict = this.decide({ stage: 'data', mail });
      if (verdict === 'accept' || verdict === 'slow' || verdict === 'cut') this.#recordings.add(mail);
      this.#answer(verdict, session, answer);
    } catch (error) {
      answer(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #answer(verdict: MailVerdict, session: SMTPServerSession, answer: (error?: Error | null) => void): void {
    if (verdict === 'accept') answer();
    else if (verdict === 'slow') setTimeout(answer, SLOW_MS).unref();
    else if (verdict === 'cut') this.#cut(session);
    else if (verdict !== 'hang') {
      answer(Object.assign(new Error(verdict.text), { responseCode: verdict.code }));
    }
  }

  #cut(session: SMTPServerSession): void {
    this.#sockets.get(session.remotePort)?.destroy();
  }
}

async function read(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<RecordedMail> {
  const parsed = await simpleParser(stream, {
    skipImageLinks: true,
    skipTextToHtml: true,
    skipTextLinks: true,
  });
  return {
    receivedAt: new Date().toISOString(),
    messageId: (parsed.messageId ?? '').replace(/^<|>$/g, ''),
    from: parsed.from?.text ?? '',
    to: session.envelope.rcptTo.map(({ address }) => address),
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: typeof parsed.html === 'string' ? parsed.html : '',
    attachments: parsed.attachments.map(({ filename, contentType, content }) => ({
      name: filename ?? '',
      mediaType: contentType,
      size: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  };
}
