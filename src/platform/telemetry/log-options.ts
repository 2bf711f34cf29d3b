import { types } from 'node:util';
import type { Params } from 'nestjs-pino';
import { stdTimeFunctions } from 'pino';
import type { Options } from 'pino-http';
import { requestOrigin } from '../http/request-origin.js';

/** JSON lines, with the id of the request on whose way they were written. Requests are logged by request-log.ts. */
export function logOptions(level: string): Params & { pinoHttp: Options } {
  return {
    forRoutes: [],
    pinoHttp: {
      level,
      messageKey: 'message',
      timestamp: stdTimeFunctions.isoTime,
      mixin: () => {
        const requestId = requestOrigin()?.requestId;
        return requestId === undefined ? {} : { requestId };
      },
      // Ours get what was logged itself, not what pino made of it.
      wrapSerializers: false,
      serializers: { err: describeError },
      redact: ['*.password', '*.accessToken', '*.refreshToken', '*.authorization'],
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
