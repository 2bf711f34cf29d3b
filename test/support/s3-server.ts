import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { S3Settings } from '../../src/platform/config/app-config.js';

/** What is wrong with it: refuses whoever asks, never answers, or breaks off in the middle of a content. */
type Trouble = 'failing' | 'hanging' | 'breaking_off';

/** The part of S3 that the product speaks, with its signatures checked as S3 checks them. Contents lie in memory. */
export class S3Server {
  readonly objects = new Map<string, Buffer>();
  /** Method and key of each request, in their order. */
  readonly asked: string[] = [];
  trouble: Trouble | null = null;

  private constructor(
    private readonly server: Server,
    readonly settings: S3Settings,
  ) {}

  static async start(): Promise<S3Server> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const s3 = new S3Server(server, {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'cn-northwest-1',
      bucket: 'shukun',
      accessKeyId: 'AKIAEXAMPLE',
      secretAccessKey: 'a secret of the test',
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      s3.answer(request, response).catch((error: Error) => response.destroy(error));
    });
    return s3;
  }

  /** As variables of the product. */
  get environment(): Record<string, string> {
    const { endpoint, region, bucket, accessKeyId, secretAccessKey } = this.settings;
    return {
      FILES_S3_ENDPOINT: endpoint,
      FILES_S3_REGION: region,
      FILES_S3_BUCKET: bucket,
      FILES_S3_ACCESS_KEY_ID: accessKeyId,
      FILES_S3_SECRET_ACCESS_KEY: secretAccessKey,
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    if (this.server.listening) await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const [, bucket = '', key = ''] = (request.url ?? '').split('?', 1)[0]?.split('/') ?? [];
    this.asked.push(`${request.method} ${key}`);
    if (this.trouble === 'hanging') return;
    if (this.trouble === 'failing') return refuse(response, 500, 'InternalError');
    if (!this.isSigned(request)) return refuse(response, 403, 'SignatureDoesNotMatch');
    if (bucket !== this.settings.bucket) return refuse(response, 404, 'NoSuchBucket');
    if (request.method === 'PUT') return this.take(request, response, key, body);
    const content = this.objects.get(key);
    if (content === undefined) return refuse(response, 404, 'NoSuchKey');
    response.writeHead(200, { 'content-length': content.length });
    if (request.method === 'HEAD') return void response.end();
    if (this.trouble === 'breaking_off') {
      response.write(content.subarray(0, content.length / 2), () => response.destroy());
      return;
    }
    response.end(content);
  }

  private take(request: IncomingMessage, response: ServerResponse, key: string, body: Buffer): void {
    // S3 also takes unsigned payloads; the product never sends one.
    if (request.headers['x-amz-content-sha256'] !== sha256(body)) {
      return refuse(response, 400, 'XAmzContentSHA256Mismatch');
    }
    this.objects.set(key, body);
    response.writeHead(200).end();
  }

  /** Signature Version 4, “Authenticating requests: using the authorization header”. */
  private isSigned(request: IncomingMessage): boolean {
    const { region, accessKeyId, secretAccessKey } = this.settings;
    const parts =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([\da-f]{64})$/.exec(
        request.headers.authorization ?? '',
      );
    if (parts === null) return false;
    const [, id = '', day = '', signedRegion = '', names = '', signature = ''] = parts;
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const headers = names
      .split(';')
      .map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`)
      .join('');
    const canonical = [
      request.method,
      path,
      query.split('&').toSorted().join('&'),
      headers,
      names,
      request.headers['x-amz-content-sha256'],
    ].join('\n');
    const scope = `${day}/${region}/s3/aws4_request`;
    const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
    const key = [day, region, 's3', 'aws4_request'].reduce<Buffer>(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      Buffer.from(`AWS4${secretAccessKey}`),
    );
    const expected = createHmac('sha256', key).update(toSign).digest('hex');
    return id === accessKeyId && signedRegion === region && signature === expected;
  }
}

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`);
}
