import http from 'node:http';
import https from 'node:https';
import { onceConnected } from '../../platform/http/outgoing/once-connected.js';

const LONGEST_ANSWER = 16_384;

export interface HttpAnswer {
  status: number;
  /** `null` when the answer is not JSON, or too long to be one of ours. */
  body: unknown;
}

/** There was no answer; from `isHandedOver` on, the other side may have taken the request. */
export class NoAnswer extends Error {
  constructor(
    readonly isHandedOver: boolean,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * A connection that idles is left before any gateway leaves it (Node's servers do after five seconds): what is written to
 * one that the other side is just closing may have been taken or not, and would have to be called `unknown`.
 */
const IDLE_MS = 1_000;
const kept = { keepAlive: true, maxFreeSockets: 32, timeout: IDLE_MS };
const agents = { 'http:': new http.Agent(kept), 'https:': new https.Agent(kept) };

/**
 * Posts JSON and follows no redirect. Not `fetch`, which does not tell whether a connection stood when it gave up, and
 * so whether trying again could send twice. @throws NoAnswer
 */
export function postJson(
  url: URL,
  token: string,
  content: unknown,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const isSecure = url.protocol === 'https:';
  const body = Buffer.from(JSON.stringify(content));
  let isHandedOver = false;
  return new Promise<HttpAnswer>((resolve, reject) => {
    const fail = (cause: unknown): void => reject(new NoAnswer(isHandedOver, cause));
    const request = (isSecure ? https : http).request(url, {
      method: 'POST',
      agent: isSecure ? agents['https:'] : agents['http:'],
      signal,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': body.length,
        authorization: `Bearer ${token}`,
      },
    });
    onceConnected(request, isSecure, () => (isHandedOver = true));
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('error', fail);
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length <= LONGEST_ANSWER) chunks.push(chunk);
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: length <= LONGEST_ANSWER ? parsed(Buffer.concat(chunks)) : null,
        }),
      );
    });
    request.end(body);
  });
}

function parsed(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    return null;
  }
}
