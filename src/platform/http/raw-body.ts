import { Transform, pipeline } from 'node:stream';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A handler that checks a signature over the body needs it as it came. */
    keepsRawBody?: true;
    /** Part of the path is a secret: the log has the route in its place. */
    hidesPath?: true;
  }
  interface FastifyRequest {
    /** Where the route keeps it. */
    rawBody?: Buffer;
  }
}

/** A hook before parsing: keeps what goes by. The limit of a body holds for it as ever. */
export function keepRawBody(
  request: FastifyRequest,
  _reply: FastifyReply,
  payload: RequestPayload,
  done: (error: Error | null, payload: RequestPayload) => void,
): void {
  if (request.method !== 'POST' || request.routeOptions.config.keepsRawBody !== true) {
    done(null, payload);
    return;
  }
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
