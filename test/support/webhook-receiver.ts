import { once } from 'node:events';
import http from 'node:http';
import { jest } from '@jest/globals';
import { Webhook } from 'standardwebhooks';

export interface Heard {
  path: string;
  id: string;
  /** As they came; what a portal verifies. */
  headers: Record<string, string>;
  body: string;
}

export interface Message {
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
}

type Reply = (response: http.ServerResponse) => unknown;
const TAKEN: Reply = (response) => response.writeHead(204).end();

/** A portal: hears everything, and answers as it is told. */
export class WebhookReceiver {
  readonly heard: Heard[] = [];
  /** By path; what is not named is taken. */
  readonly replies = new Map<string, Reply>();
  private readonly hanging = new Set<http.ServerResponse>();

  private constructor(
    private readonly server: http.Server,
    readonly url: string,
  ) {}

  static async start(): Promise<WebhookReceiver> {
    const server = http.createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const made = new WebhookReceiver(server, `http://127.0.0.1:${Object(server.address()).port}`);
    server.on('request', (request, response) => void made.hear(request, response));
    return made;
  }

  /** Says nothing until it is let go. */
  readonly hang: Reply = (response) => this.hanging.add(response);
  readonly refuse =
    (status: number, headers: Record<string, string> = {}): Reply =>
    (response) =>
      response.writeHead(status, headers).end('not now');

  /** Whether a path has been asked and not answered. */
  get isHanging(): boolean {
    return this.hanging.size > 0;
  }

  of(path: string): Heard[] {
    return this.heard.filter((one) => one.path === path);
  }

  clear(): void {
    this.heard.length = 0;
    this.replies.clear();
    for (const response of this.hanging) response.destroy();
    this.hanging.clear();
  }

  async close(): Promise<void> {
    this.clear();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async hear(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const path = request.url ?? '';
    this.heard.push({
      path,
      id: headers['webhook-id'] ?? '',
      headers,
      body: Buffer.concat(chunks).toString(),
    });
    (this.replies.get(path) ?? TAKEN)(response);
  }
}

/** What a portal reads, as the client of the standard checks it at the moment of sending. @throws when it is not signed */
export function verified({ headers, body }: Heard, secret: string): Message {
  const now = jest.spyOn(Date, 'now').mockReturnValue(Number(headers['webhook-timestamp']) * 1_000);
  try {
    return new Webhook(secret).verify(body, headers) as Message;
  } finally {
    now.mockRestore();
  }
}
