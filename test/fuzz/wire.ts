import { Agent, request } from 'node:http';
import type { Wire } from './requests.js';

export interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/** Longer than anything may take. */
const WITHIN_MS = 20_000;
/** A server that has read enough of a body of this size may answer, and hang up. */
const LARGE_BODY = 256 * 1024;

/** Sends as it is told, byte for byte; `fetch` would mend or refuse half of it. */
export class Sender {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(private readonly url: string) {}

  /** @returns the answer, or in words why there is none */
  async send(wire: Omit<Wire, 'operation' | 'role'>): Promise<Answer | string> {
    const first = await this.once(wire);
    // A connection that was kept may be closed while it is being used again.
    return first === 'closed meanwhile' ? this.once(wire) : first;
  }

  private once({ method, path, headers, body }: Omit<Wire, 'operation' | 'role'>): Promise<Answer | string> {
    return new Promise((resolve) => {
      const asked = request(
        this.url,
        {
          agent: this.agent,
          method,
          path,
          headers: framed(headers, body),
          signal: AbortSignal.timeout(WITHIN_MS),
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', (error) => resolve(`the answer broke off: ${error.message}`));
          response.on('end', () => {
            const told = Object.entries(response.headers).map(([name, value]) => [name, value?.toString()]);
            resolve({
              status: response.statusCode ?? 0,
              headers: Object.fromEntries(told),
              body: Buffer.concat(chunks),
            });
          });
        },
      );
      asked.on('error', (error) => {
        const isOld = asked.reusedSocket && /ECONNRESET|EPIPE|socket hang up/.test(error.message);
        resolve(isOld ? 'closed meanwhile' : `no answer: ${error.name} ${error.message}`);
      });
      asked.end(body ?? undefined);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** What may happen to a body that is too large: it is not read to its end. */
export const isCutOff = ({ body }: Wire, fault: string): boolean =>
  (body?.length ?? 0) > LARGE_BODY && /EPIPE|ECONNRESET|socket hang up/.test(fault);

/** Node frames no body of a GET by itself: the next request would be read in the middle of this one's body. */
const framed = (headers: Wire['headers'], body: Buffer | null): Wire['headers'] =>
  body === null ? headers : { ...headers, 'content-length': String(body.length) };
