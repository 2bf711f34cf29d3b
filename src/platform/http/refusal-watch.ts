import type { FastifyRequest } from 'fastify';
import type { ProblemCause } from './problem.js';

/** Told of every refusal that is answered. */
export abstract class RefusalWatch {
  /** Never waits and never throws. */
  abstract refused(cause: ProblemCause, request: FastifyRequest): void;
}
