import { Injectable, Logger } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { caseScope } from '../../access/scope.js';
import { Transactions } from '../../platform/database/transactions.js';
import { refusalOfDatabaseFault } from '../../platform/errors/database-faults.js';
import { Refusal } from '../../platform/errors/refusal.js';
import type { BulkBody, BulkItemView, BulkView } from './bulk.dto.js';
import { BulkSelection } from './bulk-selection.js';
import { type BulkVerb, BulkVerbs } from './bulk-verbs.js';

/**
 * One action on many cases. Each is done whole or not at all and answered on its own; what is refused for one stops no
 * other. With an `Idempotency-Key` all of them and the answer are one transaction, so a repeat never does half again.
 */
@Injectable()
export class Bulk {
  private readonly logger = new Logger(Bulk.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly selection: BulkSelection,
    private readonly verbs: BulkVerbs,
  ) {}

  /** @throws Refusal 400, 409 BULK_TOO_MANY: nothing was done to any case */
  async run(actor: AccountActor, body: BulkBody): Promise<BulkView> {
    const verb = await this.verbs.prepare(body);
    const ids = await this.selection.ids(actor, body);
    const preview = body.preview === true;
    if (this.transactions.isSurrounded && !preview) await this.lock(actor, ids);
    const items = await this.each(actor, ids, preview ? this.rehearsed(verb) : verb);
    const done = items.filter(({ status }) => status === 200).length;
    return { preview, done, refused: items.length - done, items };
  }

  /**
   * Done and taken back rather than foretold, so that a preview cannot differ from what it previews; each case by
   * itself, so that nobody's work waits for longer than that.
   */
  private rehearsed(verb: BulkVerb): BulkVerb {
    return (actor, ref) => this.transactions.rehearse(() => verb(actor, ref));
  }

  /**
   * One transaction for all of them keeps what it has locked to its end, officials among it: it takes the cases before
   * any of these, as a handover does.
   */
  private lock(actor: AccountActor, ids: readonly string[]): Promise<unknown> {
    const scope = caseScope(actor, 'c', 2);
    return this.transactions.run((tx) =>
      tx.query(
        `SELECT 1 FROM cases c WHERE c.id = ANY ($1::uuid[]) AND ${scope.sql} ORDER BY c.id FOR UPDATE OF c`,
        [ids, ...scope.parameters],
      ),
    );
  }

  /** In the order of ids, which is that of all who lock several cases; answered in the order asked. */
  private async each(actor: AccountActor, ids: readonly string[], verb: BulkVerb): Promise<BulkItemView[]> {
    const items = new Map<string, BulkItemView>();
    for (const id of ids.toSorted()) items.set(id, await this.one(actor, id, verb));
    return ids.flatMap((id) => items.get(id) ?? []);
  }

  private async one(actor: AccountActor, id: string, verb: BulkVerb): Promise<BulkItemView> {
    try {
      await verb(actor, { kind: 'case', id });
      return { id, status: 200 };
    } catch (error) {
      const refusal = error instanceof Refusal ? error : refusalOfDatabaseFault(error);
      // What may go well the next time is no answer to keep for a day: all is taken back, and the repeat does it.
      if (this.transactions.isSurrounded && isPassing(refusal)) throw error;
      if (refusal === undefined) {
        // What the others have become is still to be told.
        this.logger.error({ err: error, caseId: id }, 'one case of a bulk failed');
        return { id, status: 500, code: 'INTERNAL' };
      }
      const { status, code, params, faults } = refusal;
      const errors = faults.map(({ pointer, code: fault }) => ({ pointer, code: fault }));
      return { id, status, code, params, ...(errors.length === 0 ? {} : { errors }) };
    }
  }
}

const isPassing = (refusal: Refusal | undefined): boolean =>
  refusal === undefined || refusal.status >= 500 || refusal.code === 'CONFLICT_CONCURRENT';
