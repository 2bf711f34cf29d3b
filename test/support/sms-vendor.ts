import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aliyunAuthorization, sha256 } from '../../src/notifications/channels/aliyun-signature.js';
import { tencentAuthorization } from '../../src/notifications/channels/tencent-signature.js';

/** A call as it arrived. */
export interface VendorCall {
  action: string;
  headers: Record<string, string>;
  query: URLSearchParams;
  /** Of the query or the body, whichever it came in. */
  parameters: Record<string, unknown>;
  body: string;
  /** Whether its signature is the one that we make of it. */
  isSigned: boolean;
}

/** `hang` never answers, `cut` drops the connection: taken or not, nobody knows. */
export type VendorAnswer = 'hang' | 'cut' | { status?: number; body: unknown };

export const KEY = { id: 'test-id', secret: 'test-secret' };

/** A vendor's API on loopback: it checks how a call was signed, and answers as it is told. */
export class SmsVendor {
  answer: (call: VendorCall) => VendorAnswer | Promise<VendorAnswer> = () => ({ body: {} });
  readonly calls: VendorCall[] = [];
  private readonly server: Server;

  private constructor(private readonly read: (call: Arrived) => VendorCall) {
    this.server = createServer((request, response) => void this.receive(request, response));
  }

  static async aliyun(): Promise<SmsVendor> {
    return new SmsVendor(readAliyun).listen();
  }

  static async tencent(): Promise<SmsVendor> {
    return new SmsVendor(readTencent).listen();
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const call = this.read({
      method: request.method ?? '',
      url: new URL(request.url ?? '/', 'http://vendor'),
      headers,
      body: Buffer.concat(chunks).toString(),
    });
    this.calls.push(call);
    const answer = await this.answer(call);
    if (answer === 'hang') return;
    if (answer === 'cut') response.destroy();
    else
      response
        .writeHead(answer.status ?? 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer.body));
  }
}

interface Arrived {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: string;
}

function readAliyun({ method, url, headers, body }: Arrived): VendorCall {
  const query = Object.fromEntries(url.searchParams);
  const authorization = aliyunAuthorization({ method, path: url.pathname, query, headers }, KEY);
  return {
    action: headers['x-acs-action'] ?? '',
    headers,
    query: url.searchParams,
    parameters: query,
    body,
    isSigned: headers['authorization'] === authorization && headers['x-acs-content-sha256'] === sha256(body),
  };
}

function readTencent({ method, url, headers, body }: Arrived): VendorCall {
  const [, service = '', names = ''] =
    /\/([^/]+)\/tc3_request, SignedHeaders=([^,]+)/.exec(headers['authorization'] ?? '') ?? [];
  const timestamp = Number(headers['x-tc-timestamp'] ?? 0);
  const host = headers['host'] ?? '';
  // The vendor's own client leaves a port out of what it signs; there is none at the vendor.
  const isSigned = [host, host.replace(/:\d+$/, '')].some((signedHost) => {
    const all: Record<string, string> = { ...headers, host: signedHost };
    const signed = Object.fromEntries(names.split(';').map((name) => [name, all[name] ?? '']));
    const request = { method, query: url.search.slice(1), headers: signed, body, service, timestamp };
    return headers['authorization'] === tencentAuthorization(request, KEY);
  });
  return {
    action: headers['x-tc-action'] ?? '',
    headers,
    query: url.searchParams,
    parameters: body === '' ? {} : JSON.parse(body),
    body,
    isSigned,
  };
}
