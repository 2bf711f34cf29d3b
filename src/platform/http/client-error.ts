import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { localeOf } from '../errors/message-text.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';

/** What Node found wrong with the bytes of a request, by its own codes; all the rest is 400. */
const STATUSES: Record<string, number> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** Whatever could not even be read as a request is told so in the same form as everything else; nothing is kept open. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  // Nobody listens any more, or an answer has begun.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy(error);
    return;
  }
  const status = STATUSES[error.code ?? ''] ?? 400;
  const cause = { status, code: 'REQUEST_MALFORMED', params: {}, faults: [] };
  // Whatever id it came with could not be read.
  const id = randomUUID();
  const body = JSON.stringify(problemOf(cause, { url: '', id }, localeOf(undefined)));
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `Content-Type: ${PROBLEM_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      `X-Request-Id: ${id}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
