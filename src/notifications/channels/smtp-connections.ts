import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { inOneLine, type Outcome } from '../outcome.js';
import { type SmtpError, smtpOutcome } from './smtp-outcome.js';

const CONNECT_WITHIN_MS = 4_000;

/**
 * Connections to the mail server, kept for the next message. Nodemailer's own pool is not used: when a connection
 * closes it puts the message back into its queue, also after the data went out, and so sends twice.
 */
export class SmtpConnections {
  private readonly idle: SMTPConnection[] = [];
  private readonly options: ReturnType<typeof parseConnectionUrl>;
  private isClosed = false;

  /** @param ca authorities of the server's certificate, in PEM; `null`: those that Node knows */
  constructor(url: string, ca: string | null = null) {
    const options = parseConnectionUrl(url);
    this.options = {
      ...options,
      requireTLS: options.requireTLS ?? mustEncrypt(options),
      tls: { ...options.tls, ...(ca === null ? {} : { ca }) },
    };
  }

  async send(from: string, to: string, message: Buffer, signal: AbortSignal): Promise<Outcome> {
    const kept = this.idle.pop();
    if (kept !== undefined) {
      const attempt = await this.sendOver(kept, from, to, message, signal);
      // The server may have ended the session while it was idle: that says nothing about the message.
      const isStale = attempt.outcome.status === 'temporary' && !attempt.isAnswered && !signal.aborted;
      if (!isStale) return attempt.outcome;
    }
    try {
      const fresh = await this.connect(signal);
      return (await this.sendOver(fresh, from, to, message, signal)).outcome;
    } catch (error) {
      return smtpOutcome(toSmtpError(error), false);
    }
  }

  close(): void {
    this.isClosed = true;
    for (const connection of this.idle.splice(0)) connection.close();
  }

  private async sendOver(
    connection: SMTPConnection,
    from: string,
    to: string,
    message: Buffer,
    signal: AbortSignal,
  ): Promise<{ outcome: Outcome; isAnswered: boolean }> {
    let isHandedOver = false;
    const content = new Readable({
      // Read only once the server has said 354 to DATA.
      read() {
        isHandedOver = true;
        this.push(message);
        this.push(null);
      },
    });
    try {
      const response = await settled<string>(connection, signal, (done) =>
        connection.send({ from, to, size: message.length }, content, (error, info) =>
          done(error, info?.response ?? ''),
        ),
      );
      this.keep(connection);
      const gatewayText = inOneLine(response);
      const outcome: Outcome = {
        status: 'sent',
        gatewayId: null,
        gatewayCode: gatewayText.slice(0, 3),
        gatewayText,
      };
      return { outcome, isAnswered: true };
    } catch (error) {
      connection.close();
      const isAnswered = toSmtpError(error).responseCode !== undefined;
      return { outcome: smtpOutcome(toSmtpError(error), isHandedOver), isAnswered };
    }
  }

  private async connect(signal: AbortSignal): Promise<SMTPConnection> {
    const connection = new SMTPConnection({
      connectionTimeout: CONNECT_WITHIN_MS,
      greetingTimeout: CONNECT_WITHIN_MS,
      dnsTimeout: CONNECT_WITHIN_MS,
      ...this.options,
      // An aborted message must not leave with what the socket still holds.
      socketCloseTimeout: 0,
    });
    // An idle connection may break at any time; it is then taken out when it is next wanted.
    connection.on('error', () => undefined);
    try {
      await settled(connection, signal, (done) => connection.connect((error) => done(error, null)));
      const { auth } = this.options;
      if (auth !== undefined)
        await settled(connection, signal, (done) => connection.login(auth, (error) => done(error, null)));
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  private keep(connection: SMTPConnection): void {
    if (this.isClosed) connection.close();
    else this.idle.push(connection);
  }
}

/**
 * STARTTLS that only is used when offered can be stripped by whoever stands between, and the password and the mail then
 * go in the clear: where there is something to protect it is required, unless the URL says `?requireTLS=false`.
 */
const mustEncrypt = ({ secure, auth, host }: ReturnType<typeof parseConnectionUrl>): boolean =>
  secure !== true && (auth !== undefined || !/^(localhost|127\.[\d.]+|::1|\[::1\])$/i.test(host ?? ''));

/** One step of the conversation: done, broken off by an error of the connection, or by the signal. */
async function settled<Result>(
  connection: SMTPConnection,
  signal: AbortSignal,
  step: (done: (error: Error | null | undefined, result: Result) => void) => void,
): Promise<Result> {
  const finished = new AbortController();
  try {
    return await new Promise<Result>((resolve, reject) => {
      const giveUp = (): void => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
      const end = (): void => reject(Object.assign(new Error('connection closed'), { code: 'ECONNECTION' }));
      finished.signal.addEventListener('abort', () => {
        connection.removeListener('error', reject);
        connection.removeListener('end', end);
      });
      signal.addEventListener('abort', giveUp, { signal: finished.signal });
      connection.once('error', reject);
      connection.once('end', end);
      if (signal.aborted) return giveUp();
      step((error, result) => (error ? reject(error) : resolve(result)));
    });
  } finally {
    finished.abort();
  }
}

const toSmtpError = (error: unknown): SmtpError =>
  error instanceof Error ? error : new Error(String(error));
