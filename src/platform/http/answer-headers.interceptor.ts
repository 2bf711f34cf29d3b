import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { etagOf } from './etag.js';

/** The headers that follow from an answer's shape: `ETag` of an item with a `version`, `Link` of a list with a next page. */
@Injectable()
export class AnswerHeadersInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(tap((answer) => setHeaders(answer, request, reply)));
  }
}

function setHeaders(answer: unknown, request: FastifyRequest, reply: FastifyReply): void {
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
