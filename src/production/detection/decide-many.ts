import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { enterpriseScope } from '../../access/scope.js';
import type { BulkItemView } from '../../cases/bulk/bulk.dto.js';
import { OneByOne } from '../../cases/bulk/one-by-one.js';
import { Reader } from '../../platform/database/reader.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { Where } from '../../platform/http/list-reader.js';
import { AcceptCandidate } from './accept-candidate.js';
import {
  type AcceptCandidatesBody,
  type CandidateSelection,
  type DismissCandidatesBody,
  MOST_CANDIDATES,
} from './candidates.dto.js';
import { DismissCandidate } from './dismiss-candidate.js';
import { lockCasesOf } from './known-cases.js';

/** The same decision on many candidates, each whole or not at all and answered on its own. */
@Injectable()
export class DecideMany {
  constructor(
    private readonly reader: Reader,
    private readonly transactions: Transactions,
    private readonly oneByOne: OneByOne,
    private readonly accepting: AcceptCandidate,
    private readonly dismissing: DismissCandidate,
  ) {}

  /** @throws Refusal 400 CANDIDATE_SELECTION_REQUIRED, 409 CANDIDATES_TOO_MANY: nothing was done */
  accept(actor: AccountActor, { note, ...selection }: AcceptCandidatesBody): Promise<BulkItemView[]> {
    return this.each(actor, selection, (id) =>
      this.accepting.run(actor, id, note === undefined ? {} : { note }),
    );
  }

  /** @throws Refusal as {@link accept} */
  dismiss(actor: AccountActor, body: DismissCandidatesBody): Promise<BulkItemView[]> {
    const { reason, quietUntil, ...selection } = body;
    return this.each(actor, selection, (id) => this.dismissing.run(actor, id, { reason, quietUntil }));
  }

  private async each(
    actor: AccountActor,
    selection: CandidateSelection,
    verb: (id: string) => Promise<unknown>,
  ): Promise<BulkItemView[]> {
    const ids = await this.chosen(actor, selection);
    if (this.transactions.isSurrounded) await this.lock(actor, ids);
    return this.oneByOne.run(ids, verb);
  }

  private async chosen(
    actor: AccountActor,
    { ids, reportingUnit, kind }: CandidateSelection,
  ): Promise<string[]> {
    const isByUnit = reportingUnit !== undefined && kind !== undefined;
    if (ids !== undefined && reportingUnit === undefined && kind === undefined) return ids;
    if (ids !== undefined || !isByUnit) throw new Refusal(400, 'CANDIDATE_SELECTION_REQUIRED');
    const where = new Where()
      .add(kind, (value) => `k.kind = ${value} AND k.status = 'open'`)
      .add(
        reportingUnit,
        (code) => `e.reporting_unit_id = (SELECT id FROM reporting_units WHERE code = ${code})`,
      )
      .addScope((first) => enterpriseScope(actor, 'e', first));
    const found = await this.reader.query<{ id: string }>(
      `SELECT k.id FROM distress_candidates k JOIN enterprises e ON e.id = k.enterprise_id
        WHERE ${where.sql} ORDER BY k.id LIMIT ${MOST_CANDIDATES + 1}`,
      where.parameters,
    );
    if (found.length > MOST_CANDIDATES)
      throw new Refusal(409, 'CANDIDATES_TOO_MANY', { most: MOST_CANDIDATES });
    return found.map(({ id }) => id);
  }

  /**
   * One transaction for all of them keeps what it has locked to its end: it takes the enterprises first, then their
   * cases, each by id, as all changes do.
   */
  private lock(actor: AccountActor, ids: readonly string[]): Promise<void> {
    const scope = enterpriseScope(actor, 'e', 2);
    return this.transactions.run(async (tx) => {
      const locked = await tx.query<{ id: string }>(
        `SELECT e.id FROM enterprises e
          WHERE e.id IN (SELECT enterprise_id FROM distress_candidates WHERE id = ANY ($1::uuid[])) AND ${scope.sql}
          ORDER BY e.id FOR NO KEY UPDATE OF e`,
        [ids, ...scope.parameters],
      );
      await lockCasesOf(
        tx,
        locked.map(({ id }) => id),
      );
    });
  }
}
