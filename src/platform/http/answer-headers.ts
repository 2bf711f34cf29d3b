import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOf } from './etag.js';

/** The headers that follow from an answer's shape: `ETag` of an item with a `version`, `Link` of a list with a next page. */
export function setAnswerHeaders(answer: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (typeof answer !== 'object' || answer === null) return;
  if ('version' in answer && 'id' in answer && typeof answer.version === 'number') {
    void reply.header('ETag', etagOf(answer.version));
  }
  if ('nextCursor' in answer && typeof answer.nextCursor === 'string') {
    void reply.header('Link', `<${withCursor(request.originalUrl, answer.nextCursor)}>; rel="next"`);
  }
}

function withCursor(url: string, cursor: string): string {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `${path}?${parameters.toString()}`;
}
