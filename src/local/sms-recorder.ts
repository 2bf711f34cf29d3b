import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { portOf } from './ports.js';
import { Recordings } from './recordings.js';

export interface RecordedSms {
  /** Instant of arrival, RFC 3339. */
  receivedAt: string;
  /** The gateway's own id, given back to the sender. */
  id: string;
  /** The sender's id of the message. */
  outId: string;
  to: string;
  text: string;
  template: string;
  variables: Record<string, string>;
}

/**
 * `hang` never answers. `cut` records the message and drops the connection: taken, but the sender cannot know.
 * A status is a refusal with that body, and nothing is recorded; unless `isTaken`: it was taken before that was said.
 */
export type SmsVerdict = 'accept' | 'hang' | 'cut' | { status: number; body?: unknown; isTaken?: true };

const MAX_BODY_BYTES = 64 * 1024;

/** A generic HTTP SMS gateway on loopback that sends nothing and remembers everything. */
export class SmsRecorder {
  decide: (message: RecordedSms) => SmsVerdict = () => 'accept';
  readonly #recordings: Recordings<RecordedSms>;
  readonly #server: Server;
  readonly #token: string;

  private constructor(token: string, recordings: Recordings<RecordedSms>) {
    this.#token = token;
    this.#recordings = recordings;
    this.#server = createServer((request, response) => {
      void this.#receive(request, response);
    });
  }

  /** `token` is what `Authorization: Bearer` must carry; `file` keeps the messages over restarts; `port` 0 takes a free one. */
  static async start(options: {
    token: string;
    file?: string;
    port?: number;
    limit?: number;
  }): Promise<SmsRecorder> {
    const recorder = new SmsRecorder(options.token, new Recordings(options.file ?? null, options.limit));
    recorder.#server.listen(options.port ?? 0, '127.0.0.1');
    await once(recorder.#server, 'listening');
    return recorder;
  }

  get messages(): readonly RecordedSms[] {
    return this.#recordings.items;
  }

  get port(): number {
    return portOf(this.#server.address());
  }

  /** For `SMS_GATEWAY_URL`. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/send`;
  }

  clear(): void {
    this.#recordings.clear();
  }

  /** Tells the product what became of messages, as a gateway does: signed with `SMS_RECEIPT_SECRET`. */
  async pushReceipts(
    receipts: unknown,
    to: { url: string; secret: string; at: Date },
  ): Promise<{ status: number; body: unknown }> {
    const body = JSON.stringify(receipts);
    const timestamp = String(Math.floor(to.at.getTime() / 1_000));
    const signature = createHmac('sha256', to.secret).update(`${timestamp}.${body}`).digest('hex');
    const response = await fetch(to.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-shukun-timestamp': timestamp,
        'x-shukun-signature': `v1=${signature}`,
      },
      body,
    });
    return { status: response.status, body: await response.json() };
  }

  async close(): Promise<void> {
    if (this.#server.listening) {
      const closed = once(this.#server, 'close');
      this.#server.close();
      this.#server.closeAllConnections();
      await closed;
    }
    this.#recordings.close();
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (request.method !== 'POST' || request.url !== '/send') {
      reply(response, 404, { code: 'NOT_FOUND', message: 'POST /send' });
    } else if (request.headers.authorization !== `Bearer ${this.#token}`) {
      reply(response, 401, { code: 'TOKEN_REFUSED', message: 'wrong or missing bearer token' });
    } else {
      const message = parse(body);
      if (message === null) reply(response, 400, { code: 'BODY_INVALID', message: 'outId, to and text' });
      else this.#answer(message, response);
    }
  }

  #answer(message: RecordedSms, response: ServerResponse): void {
    const verdict = this.decide(message);
    if (verdict === 'hang') return;
    if (verdict === 'accept' || verdict === 'cut' || verdict.isTaken === true) this.#recordings.add(message);
    if (verdict === 'accept') reply(response, 200, { code: 'OK', id: message.id, message: 'accepted' });
    else if (verdict === 'cut') response.destroy();
    else reply(response, verdict.status, verdict.body ?? { code: 'REFUSED', message: 'refused' });
  }
}

function parse(body: string | null): RecordedSms | null {
  const { outId, to, text, template, variables } = jsonObject(body);
  if (typeof outId !== 'string' || typeof to !== 'string' || typeof text !== 'string') return null;
  return {
    receivedAt: new Date().toISOString(),
    id: uuidv7(),
    outId,
    to,
    text,
    template: typeof template === 'string' ? template : '',
    variables: typeof variables === 'object' && variables !== null ? { ...variables } : {},
  };
}

/** The fields of a JSON object; none when it is anything else. */
function jsonObject(body: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body ?? '');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Null when the body is over the limit or the sender went away. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return bytes > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
