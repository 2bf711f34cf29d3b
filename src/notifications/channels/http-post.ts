import http from 'node:http';
import https from 'node:https';

/** A page of a hundred receipts is longer than any answer to a message. */
const LONGEST_ANSWER = 65_536;

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

const agents = {
  'http:': new http.Agent({ keepAlive: true, maxFreeSockets: 32 }),
  'https:': new https.Agent({ keepAlive: true, maxFreeSockets: 32 }),
};

/** Posts JSON with a bearer token. @throws NoAnswer */
export function postJson(
  url: URL,
  token: string,
  content: unknown,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    authorization: `Bearer ${token}`,
  };
  return post(url, headers, JSON.stringify(content), signal);
}

/**
 * Posts, reads JSON, and follows no redirect. Not `fetch`, which does not tell whether a connection stood when it gave up, and
 * so whether trying again could send twice. @throws NoAnswer
 */
export function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  content: string,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const isSecure = url.protocol === 'https:';
  const body = Buffer.from(content);
  let isHandedOver = false;
  return new Promise<HttpAnswer>((resolve, reject) => {
    const fail = (cause: unknown): void => reject(new NoAnswer(isHandedOver, cause));
    const request = (isSecure ? https : http).request(url, {
      method: 'POST',
      agent: isSecure ? agents['https:'] : agents['http:'],
      signal,
      headers: { ...headers, 'content-length': body.length },
    });
    request.on('socket', (socket) => {
      if (socket.connecting) socket.once(isSecure ? 'secureConnect' : 'connect', () => (isHandedOver = true));
      else isHandedOver = true;
    });
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
