import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../access/actor.js';
import { assignments } from '../platform/database/rows.js';
import { AppConfig } from '../platform/config/app-config.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { requireIfMatch } from '../platform/http/etag.js';
import { CaseChanges } from './case-changes.js';
import { isLive } from './lifecycle/states.js';
import type { DistressType } from './lifecycle/states.js';
import type { Case } from './case.entity.js';
import type { CandidateFacts, CaseEventPayloads } from './case-events.js';
import { insertEvents, nextEvent } from './event-chain.js';
import { subjectClocks } from './subject-clocks.js';
import { lockSubject } from './subject-lock.js';
import { Clock } from '../platform/clock/clock.js';

export interface CaseChange {
  distressType?: DistressType | undefined;
  note?: string | null | undefined;
  /** What of detection it is corrected upon. */
  candidate?: CandidateFacts | undefined;
}

/** Corrects what a case says of the enterprise's distress; everything else about it changes by actions. */
@Injectable()
export class ChangeCase {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly changes: CaseChanges,
  ) {}

  /** @throws Refusal 404, 409 CASE_NOT_LIVE, 412 VERSION_STALE, 428 IF_MATCH_REQUIRED */
  run(actor: AccountActor, id: string, change: CaseChange, ifMatch: string | undefined): Promise<void> {
    return this.transactions.run((tx) =>
      this.runIn(tx, actor, id, change, ({ version }) => requireIfMatch(ifMatch, version)),
    );
  }

  /**
   * The same inside a transaction that does more than this.
   * @param require whether the case as it is locked is the one that was seen
   */
  async runIn(
    tx: Transaction,
    actor: AccountActor,
    id: string,
    { candidate, ...change }: CaseChange,
    require: (row: Case) => void,
  ): Promise<void> {
    const subject = await lockSubject(tx, actor, { kind: 'case', id });
    if (subject.kind !== 'case') throw new Error(`${id} was locked as a ${subject.kind}`);
    const { row } = subject;
    require(row);
    if (!isLive(row.status)) throw new Refusal(409, 'CASE_NOT_LIVE', { status: row.status });
    const corrected = differences(change, row);
    if (Object.keys(corrected).length === 0) return;
    const now = new Date(Math.max(this.clock.now().getTime(), row.lastEventAt.getTime()));
    const payload = { ...corrected, ...(candidate === undefined ? {} : { candidate }) };
    const draft = { type: 'corrected', payload } as const;
    const event = nextEvent(row, draft, {
      subjectId: id,
      subjectKind: 'case',
      effectiveAt: now,
      recordedAt: now,
      actor,
      algorithm: this.config.eventHash,
    });
    await insertEvents(tx, [event]);
    const { lastSequence, lastHash } = row;
    const set = assignments({ ...corrected, lastSequence, lastHash, lastEventAt: now }, 3);
    const changed = await tx.query(
      `UPDATE cases SET version = version + 1, ${set.sql} WHERE id = $1 AND version = $2 RETURNING id`,
      [id, row.version, ...set.parameters],
    );
    if (changed.length !== 1) throw new Refusal(412, 'VERSION_STALE', { version: row.version });
    await this.changes.announce(tx, [{ ...subjectClocks(subject), event: draft }]);
  }
}

/** What of the change is not so already. */
function differences(
  { distressType, note }: CaseChange,
  row: Pick<Case, 'distressType' | 'note'>,
): Pick<CaseEventPayloads['corrected'], 'distressType' | 'note'> {
  return {
    ...(distressType === undefined || distressType === row.distressType ? {} : { distressType }),
    ...(note === undefined || note === row.note ? {} : { note }),
  };
}
