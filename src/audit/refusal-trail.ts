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

/** In a minute, of all askers together: this bounds the memory, and what a crowd can write. */
const MOST_OF_ALL = 2_000;

/**
 * Records who was refused what: known and not allowed (403), or asking for what is there and out of scope, which reads
 * 404. One row for each asker, route and code a minute and sixty for each asker: the next row counts the rest.
 */
@Injectable()
export class RefusalTrail implements RefusalWatch, BeforeApplicationShutdown {
  private readonly logger = new Logger(RefusalTrail.name);
  private readonly ofRoute: FloodGate;
  private readonly ofAsker: FloodGate;
  private readonly lookUps: FloodGate;
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly trail: SecurityTrail,
    private readonly reader: Reader,
    clock: Clock,
  ) {
    this.ofRoute = new FloodGate(clock, { mostOfOne: 1, mostOfAll: MOST_OF_ALL });
    this.ofAsker = new FloodGate(clock, { mostOfOne: 60, mostOfAll: MOST_OF_ALL });
    this.lookUps = new FloodGate(clock, { mostOfOne: 120, mostOfAll: MOST_OF_ALL });
  }

  refused(cause: ProblemCause, request: FastifyRequest): void {
    const { askedBy } = request;
    const isOfInterest = cause.status === 403 || (cause.status === 404 && TABLES.has(cause.params['what']));
    if (askedBy === undefined || !isOfInterest) return;
    const route = `${request.method} ${request.routeOptions.url ?? ''}`;
    const event: TrailEvent = {
      type: 'access_refused',
      actor: askedBy,
      payload: { code: cause.code, status: cause.status, route },
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
    const asker = `${event.actor.kind} ${event.actor.id}`;
    if (cause.status === 403) return this.admit(asker, event);
    const [kind, id] = [String(cause.params['what']), String(cause.params['id'])];
    // What is not there at all was mistyped, or is a guess: the log has it, and it takes no other's place here.
    if (this.lookUps.admit(asker) === null || !(await this.isThere(kind, id))) return;
    await this.admit(asker, { ...event, subject: { kind, id } });
  }

  private async isThere(kind: string, id: string): Promise<boolean> {
    const sql = `SELECT 1 FROM ${TABLES.get(kind)} WHERE id = $1`;
    const found = await this.reader.apart(() => this.reader.query(sql, [id]));
    return found.length > 0;
  }

  private async admit(asker: string, event: TrailEvent): Promise<void> {
    const { payload = {} } = event;
    const withheld = this.ofAsker.admit(asker);
    const more =
      withheld === null
        ? null
        : this.ofRoute.admit(`${asker} ${String(payload['code'])} ${String(payload['route'])}`);
    if (withheld === null || more === null) return;
    await this.trail.recordAlone({ ...event, payload: { ...payload, withheld: withheld + more } });
  }
}
