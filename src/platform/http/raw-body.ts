import { Transform, pipeline } from 'node:stream';
import type { FastifyReply, FastifyRequest, RequestPayload, RouteOptions } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A handler that checks a signature over the body needs it as it came. */
    keepsRawBody?: true;
  }
  interface FastifyRequest {
    /** Where the route keeps it. */
    rawBody?: Buffer;
  }
}

/** A hook of routes as they are made: those that ask for it pay for it, and no others. */
export function keepRawBodyWhereAsked(route: RouteOptions): void {
  if (route.config?.keepsRawBody === true) route.preParsing = keepRawBody;
}

/** A hook before parsing: keeps what goes by. The limit of a body holds for it as ever. */
function keepRawBody(
  request: FastifyRequest,
  _reply: FastifyReply,
  payload: RequestPayload,
  done: (error: Error | null, payload: RequestPayload) => void,
): void {
  const chunks: Buffer[] = [];
  const kept = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      chunks.push(chunk);
      next(null, chunk);
    },
    flush(next) {
      request.rawBody = Buffer.concat(chunks);
      next();
    },
  });
  // Its fault reaches whoever reads what is kept.
  pipeline(payload, kept, () => undefined);
  done(null, kept);
}
