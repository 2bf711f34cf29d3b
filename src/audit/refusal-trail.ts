import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FloodGate } from '../access/flood-gate.js';
import { SecurityTrail, type TrailEvent } from '../access/security-trail.js';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import type { ProblemCause } from '../platform/http/problem.js';
import type { RefusalWatch } from '../platform/http/refusal-watch.js';

/** What may be out of somebody's scope, and where it would be; a closed list of constants. */
const TABLES: ReadonlyMap<unknown, string> = new Map([
  ['case', 'cases'],
  ['problem', 'problems'],
  ['enterprise', 'enterprises'],
  ['project', 'projects'],
  ['file', 'case_files'],
]);

/**
 * Records who was refused what: known and not allowed (403), or asking for what is there and out of scope, which reads
 * 404. One row for each account, route and code a minute, a hundred a minute for all: the next row counts the rest.
 */
@Injectable()
export class RefusalTrail implements RefusalWatch, BeforeApplicationShutdown {
  private readonly logger = new Logger(RefusalTrail.name);
  private readonly gate: FloodGate;
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly trail: SecurityTrail,
    private readonly reader: Reader,
    clock: Clock,
  ) {
    this.gate = new FloodGate(clock, { mostOfOne: 1, mostOfAll: 100 });
  }

  refused(cause: ProblemCause, request: FastifyRequest): void {
    const { askedBy } = request;
    const isOfInterest = cause.status === 403 || (cause.status === 404 && TABLES.has(cause.params['what']));
    if (askedBy === undefined || !isOfInterest) return;
    const route = `${request.method} ${request.routeOptions.url ?? ''}`;
    const withheld = this.gate.admit(`${askedBy.kind} ${askedBy.id} ${cause.code} ${route}`);
    if (withheld === null) return;
    const event: TrailEvent = {
      type: 'access_refused',
      actor: askedBy,
      payload: { code: cause.code, status: cause.status, route, withheld },
    };
    // Nobody waits for it: an answer must not take longer for what is there than for what is not.
    const work = this.record(cause, event).catch((error: unknown) =>
      this.logger.warn({ err: error, requestId: request.id }, 'a refusal was not recorded'),
    );
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async record(cause: ProblemCause, event: TrailEvent): Promise<void> {
    if (cause.status === 403) return this.trail.recordAlone(event);
    const [kind, id] = [String(cause.params['what']), String(cause.params['id'])];
    const table = TABLES.get(kind);
    const found = await this.reader.apart(() =>
      this.reader.query(`SELECT 1 FROM ${table} WHERE id = $1`, [id]),
    );
    // What is not there at all was mistyped, or is a guess: the log has it.
    if (found.length === 0) return;
    await this.trail.recordAlone({ ...event, subject: { kind, id } });
  }
}
