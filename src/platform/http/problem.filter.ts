import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
  Optional,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusalOfDatabaseFault } from '../errors/database-faults.js';
import { Refusal } from '../errors/refusal.js';
import { RefusalWatch } from './refusal-watch.js';
import type { ProblemCause } from './problem.js';
import { sendProblem } from './send-problem.js';

/** Codes of the refusals that Fastify and Nest make themselves. */
const CODES: Record<number, string> = {
  401: 'AUTHENTICATION_REQUIRED',
  403: 'FORBIDDEN',
  404: 'ROUTE_UNKNOWN',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  503: 'TOO_BUSY',
};
const BUG: ProblemCause = { status: 500, code: 'INTERNAL', params: {}, faults: [] };

/** Turns whatever was thrown into a problem document: a refusal speaks for itself, a bug is recorded and says nothing. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(@Optional() private readonly watch?: RefusalWatch) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const cause = causeOf(error);
    if (cause.status >= 500 && !(error instanceof Refusal)) {
      this.logger.error({ err: error, requestId: request.id }, `${request.method} ended in ${cause.code}`);
    }
    this.watch?.refused(cause, request);
    if (reply.sent || reply.raw.headersSent) return;
    sendProblem(cause, request, reply);
  }
}

function causeOf(error: unknown): ProblemCause {
  if (error instanceof Refusal) return error;
  const status = statusOf(error);
  if (status === undefined) return refusalOfDatabaseFault(error) ?? BUG;
  if (status >= 500 && status !== 503) return BUG;
  return { status, code: codeOf(error, status), params: {}, faults: [] };
}

/** Nest's exceptions say their status by a method, Fastify's errors by a field. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const isNumbered = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
  return isNumbered ? Number(error.statusCode) : undefined;
}

function codeOf(error: unknown, status: number): string {
  const known = CODES[status];
  if (known !== undefined) return known;
  // What the JSON reader throws reaches us as Nest's exception with the reader's error as its cause or its text.
  const isAboutJson =
    error instanceof Error && /JSON|prototype property/i.test(`${error.message} ${String(error.cause)}`);
  return isAboutJson ? 'BODY_MALFORMED' : 'REQUEST_MALFORMED';
}
