import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { caseScope } from '../../access/scope.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { BulkBody, BulkView } from './bulk.dto.js';
import { BulkSelection } from './bulk-selection.js';
import { type BulkVerb, BulkVerbs } from './bulk-verbs.js';
import { OneByOne } from './one-by-one.js';

/**
 * One action on many cases. Each is done whole or not at all and answered on its own; what is refused for one stops no
 * other. With an `Idempotency-Key` all of them and the answer are one transaction, so a repeat never does half again.
 */
@Injectable()
export class Bulk {
  constructor(
    private readonly transactions: Transactions,
    private readonly selection: BulkSelection,
    private readonly verbs: BulkVerbs,
    private readonly oneByOne: OneByOne,
  ) {}

  /** @throws Refusal 400, 409 BULK_TOO_MANY: nothing was done to any case */
  async run(actor: AccountActor, body: BulkBody): Promise<BulkView> {
    const verb = await this.verbs.prepare(body);
    const ids = await this.selection.ids(actor, body);
    const preview = body.preview === true;
    if (this.transactions.isSurrounded && !preview) await this.lock(actor, ids);
    const each = preview ? this.rehearsed(verb) : verb;
    const items = await this.oneByOne.run(ids, (id) => each(actor, { kind: 'case', id }));
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
}
