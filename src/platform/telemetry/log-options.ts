import type { IncomingMessage, ServerResponse } from 'node:http';
import { types } from 'node:util';
import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import { stdTimeFunctions } from 'pino';
import type { Options } from 'pino-http';

const PROBES = new Set(['/health/live', '/health/ready', '/metrics']);

/** Middleware sees `url` without the part it was mounted on. */
const pathOf = (request: { url?: string | undefined; originalUrl?: string }): string =>
  (request.originalUrl ?? request.url ?? '').split('?', 1)[0] ?? '';

/**
 * One JSON line a request, and the request's id in every line written on its way. Bodies, headers and queries are
 * never logged: they hold passwords, tokens, names and numbers.
 */
export function logOptions(level: string): Params & { pinoHttp: Options } {
  return {
    forRoutes: [{ path: '*splat', method: RequestMethod.ALL }],
    pinoHttp: {
      level,
      messageKey: 'message',
      timestamp: stdTimeFunctions.isoTime,
      genReqId: (request: IncomingMessage) => request.id,
      quietReqLogger: true,
      customAttributeKeys: { reqId: 'requestId' },
      autoLogging: { ignore: (request: IncomingMessage) => PROBES.has(pathOf(request)) },
      customLogLevel: (_request: IncomingMessage, response: ServerResponse, error?: Error) =>
        error !== undefined || response.statusCode >= 500 ? 'error' : 'info',
      customSuccessMessage: () => 'request answered',
      customErrorMessage: () => 'request failed',
      // Ours get what was logged itself, not what pino made of it.
      wrapSerializers: false,
      serializers: {
        req: (request: IncomingMessage) => ({ method: request.method, path: pathOf(request) }),
        res: (response: { statusCode: number }) => ({ statusCode: response.statusCode }),
        err: describeError,
      },
      redact: [
        'req.headers',
        'res.headers',
        '*.password',
        '*.accessToken',
        '*.refreshToken',
        '*.authorization',
      ],
    },
  };
}

/** What went wrong and where. The parameters and the detail of a statement stay out: they are people's data. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!types.isNativeError(error)) return { message: String(error) };
  const code = 'code' in error ? String(error.code) : undefined;
  const constraint = 'constraint' in error ? String(error.constraint) : undefined;
  return { type: error.name, message: error.message, code, constraint, stack: error.stack };
}
