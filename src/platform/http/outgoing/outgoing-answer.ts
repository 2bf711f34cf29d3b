import type { ClientRequest, IncomingMessage } from 'node:http';

/** The other side sent more than it may. */
export class OutgoingAnswerTooLong extends Error {
  constructor(readonly maxBytes: number) {
    super(`the answer is longer than ${maxBytes} bytes`);
    this.name = 'OutgoingAnswerTooLong';
  }
}

/** A `Response` with one of these holds no body, and refuses to be made with one. */
const EMPTY = new Set([204, 205, 304]);

/** The whole answer to a request, read within the bound. */
export function answerOf(request: ClientRequest, maxBytes: number): Promise<Response> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    // It would have changed hands without an answer: neither is asked for.
    request.on('upgrade', (_, socket) => socket.destroy(new Error('unexpected upgrade')));
    request.on('response', (message) => {
      read(message, maxBytes).then((body) => resolve(responseOf(message, body)), reject);
    });
  });
}

async function read(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    length += chunk.length;
    // Leaving the loop closes the connection: what is still to come is not waited for.
    if (length > maxBytes) throw new OutgoingAnswerTooLong(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function responseOf(message: IncomingMessage, body: Buffer): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const status = message.statusCode ?? 0;
  return new Response(EMPTY.has(status) ? null : new Uint8Array(body), { status, headers });
}
