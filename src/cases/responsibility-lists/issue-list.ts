import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { CalendarService } from '../../calendar/calendar.service.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { type Fault, Refusal } from '../../platform/errors/refusal.js';
import { checkIfMatch } from '../../platform/http/etag.js';
import type { Cause, ProblemCategory } from '../lifecycle/states.js';
import type { Problem } from '../problem.entity.js';
import { lockHomes, type ProblemHome } from '../problem-home.js';
import { type ProblemDraft, ProblemWriter } from '../problem-writer.js';
import { lockDraft, touch } from './draft-list.js';
import type { ResponsibilityList } from './responsibility-list.entity.js';

interface Item {
  id: string;
  enterpriseId: string | null;
  projectId: string | null;
  title: string;
  description: string;
  category: ProblemCategory;
  cause: Cause;
}

/** 印发: every item of a draft becomes a problem, all in one transaction, once. */
@Injectable()
export class IssueList {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly calendars: CalendarService,
    private readonly problems: ProblemWriter,
  ) {}

  /** @throws Refusal 404, 409 LIST_ISSUED, LIST_EMPTY, LIST_ITEMS_REFUSED, CLAIM_WINDOW_PAST, 412 */
  async run(actor: AccountActor, id: string, ifMatch: string | undefined): Promise<void> {
    const calendar = await this.calendars.current();
    await this.transactions.run(async (tx) => {
      const list = await lockDraft(tx, id);
      checkIfMatch(ifMatch, list.version);
      const now = this.clock.now();
      const { claimUntil } = list;
      if (claimUntil !== null && claimUntil <= now) {
        throw new Refusal(409, 'CLAIM_WINDOW_PAST', { on: claimUntil.toISOString() });
      }
      const items = await itemsOf(tx, id);
      if (items.length === 0) throw new Refusal(409, 'LIST_EMPTY');
      const drafts = await this.draftsOf(tx, actor, list, items);
      await link(tx, items, await this.problems.write(tx, actor, drafts, calendar));
      await touch(tx, list, { status: 'issued', issuedAt: now, issuedBy: actor.accountId });
    });
  }

  private async draftsOf(
    tx: Transaction,
    actor: AccountActor,
    list: ResponsibilityList,
    items: readonly Item[],
  ): Promise<ProblemDraft[]> {
    const homes = await lockHomes(tx, actor, {
      enterprises: items.flatMap(({ enterpriseId }) => enterpriseId ?? []),
      projects: items.flatMap(({ projectId }) => projectId ?? []),
    });
    const faults: Fault[] = [];
    const drafts = items.map((item, index): ProblemDraft => {
      const home = homes.get(item.enterpriseId ?? item.projectId ?? '');
      if (home === undefined) throw new Error(`whose item ${item.id} is, is gone`);
      const fault = this.faultOf(actor, home, index);
      if (fault !== undefined) faults.push(fault);
      const { id, claimUntil } = list;
      return { home, report: item, list: { id, claimUntil } };
    });
    if (faults.length > 0) throw new Refusal(409, 'LIST_ITEMS_REFUSED', { count: faults.length }, faults);
    return drafts;
  }

  private faultOf(actor: AccountActor, home: ProblemHome, index: number): Fault | undefined {
    const refused = this.problems.refusalOf(actor, home);
    return refused === undefined ? undefined : { pointer: `/items/${index}`, code: refused.code };
  }
}

const itemsOf = (tx: Transaction, listId: string): Promise<Item[]> =>
  tx.query<Item>(
    `SELECT id, enterprise_id AS "enterpriseId", project_id AS "projectId", title, description, category, cause
       FROM responsibility_list_items WHERE list_id = $1 ORDER BY id`,
    [listId],
  );

async function link(tx: Transaction, items: readonly Item[], problems: readonly Problem[]): Promise<void> {
  await tx.query(
    `UPDATE responsibility_list_items i SET problem_id = made.problem_id
       FROM unnest($1::uuid[], $2::uuid[]) AS made (item_id, problem_id) WHERE i.id = made.item_id`,
    [items.map(({ id }) => id), problems.map(({ id }) => id)],
  );
}
