import cors from '@fastify/cors';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AppConfig } from '../config/app-config.js';
import { Refusal } from '../errors/refusal.js';
import { connectionsDropped } from '../telemetry/metrics.js';
import { clientKey } from './limits/client-address.js';
import type { RateLimits } from './limits/rate-limits.js';

/** Characters of a path with its query: two hundred ids as a filter, and no more. */
const LONGEST_URL = 8_192;
const EXPOSED = [
  'Content-Disposition',
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
];

/** What is asked of everybody before anything is read of what he sends, and before it is known who he is. */
export async function guardDoor(
  server: FastifyInstance,
  config: AppConfig,
  limits: RateLimits,
): Promise<void> {
  server.server.maxConnections = config.maxConnections;
  server.server.on('drop', () => connectionsDropped.inc());
  await openToOrigins(server, config.corsOrigins);
  const warn = warnerOfUnknownProxies();
  server.addHook('onRequest', (request, reply, done) => {
    if (request.url.length > LONGEST_URL) throw new Refusal(414, 'REQUEST_MALFORMED');
    // Unpacking is where a small body becomes a large one; nobody needs it here.
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') throw new Refusal(415, 'ENCODING_UNSUPPORTED');
    warn(request);
    limits.takeForAddress(clientKey(request), reply);
    done();
  });
}

/** Closed to the pages of other origins, unless they are listed one by one. No cookie opens the API. */
async function openToOrigins(server: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await server.register(cors, {
    // A list of one would be told to everybody, whoever asks.
    origin: (origin, allow) => allow(null, origin !== undefined && origins.includes(origin)),
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Accept-Language',
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'X-Request-Id',
    ],
    exposedHeaders: EXPOSED,
    maxAge: 600,
  });
}

/** Behind a proxy that is not trusted everybody has one address, and one limit. */
function warnerOfUnknownProxies(): (request: FastifyRequest) => void {
  const logger = new Logger('Door');
  let hasWarned = false;
  return (request) => {
    if (hasWarned || request.headers['x-forwarded-for'] === undefined) return;
    if (request.ip !== request.socket.remoteAddress) return;
    hasWarned = true;
    logger.warn(
      `X-Forwarded-For comes from ${request.ip}, which is not in TRUSTED_PROXIES: limits count all behind it as one`,
    );
  };
}
