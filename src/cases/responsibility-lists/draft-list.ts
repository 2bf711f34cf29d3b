import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../../access/actor.js';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { assignments, camelRow, insertion } from '../../platform/database/rows.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { requireIfMatch } from '../../platform/http/etag.js';
import { deadlineOn } from '../deadlines/deadline.js';
import { addItems } from './list-items.js';
import type { ResponsibilityList } from './responsibility-list.entity.js';
import type {
  EditionBody,
  ListItemBody,
  PatchListBody,
  ResponsibilityListBody,
} from './responsibility-lists.dto.js';

/** Drafts of responsibility lists: what may still be changed. */
@Injectable()
export class DraftList {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
    private readonly calendars: CalendarService,
  ) {}

  /** The first edition of a number. @returns its id. @throws Refusal 409 LIST_NUMBER_TAKEN, 400 */
  async begin(actor: AccountActor, body: ResponsibilityListBody): Promise<string> {
    const { number, source } = body;
    const list = { ...(await this.draft(actor, body)), number, source, edition: 1 };
    return this.transactions.run(async (tx) => {
      if (!(await insertNew(tx, list))) throw new Refusal(409, 'LIST_NUMBER_TAKEN', { number });
      await addItems(tx, list, body.items ?? []);
      return list.id;
    });
  }

  /** A new edition, which adds to the last one. @returns its id. @throws Refusal 404, 409 LIST_DRAFT_OPEN, 400 */
  async nextEdition(actor: AccountActor, id: string, body: EditionBody): Promise<string> {
    const draft = await this.draft(actor, body);
    return this.transactions.run(async (tx) => {
      const [last] = await tx.query<Pick<ResponsibilityList, 'number' | 'source' | 'edition' | 'status'>>(
        `SELECT number, source, edition, status FROM responsibility_lists
          WHERE number = (SELECT number FROM responsibility_lists WHERE id = $1) ORDER BY edition DESC LIMIT 1`,
        [id],
      );
      if (last === undefined) throw notFound('responsibility list', id);
      const { number, source } = last;
      const list = { ...draft, number, source, edition: last.edition + 1 };
      if (last.status !== 'issued' || !(await insertNew(tx, list)))
        throw new Refusal(409, 'LIST_DRAFT_OPEN', { number });
      await addItems(tx, list, body.items ?? []);
      return list.id;
    });
  }

  /** @throws Refusal 404, 409 LIST_ISSUED, 412, 428, 400 */
  async change(id: string, body: PatchListBody, ifMatch?: string): Promise<void> {
    const { claimUntilOn, title, issuedOn } = body;
    if (issuedOn !== undefined) this.requireNotLater(issuedOn);
    const claimUntil = claimUntilOn === undefined ? undefined : await this.endOfWindow(claimUntilOn);
    await this.transactions.run(async (tx) => {
      const list = await lockDraft(tx, id);
      requireIfMatch(ifMatch, list.version);
      await touch(tx, list, { title: title?.trim(), issuedOn, claimUntil });
    });
  }

  /** @throws Refusal 404, 409 LIST_ISSUED, 400 LIST_ITEM_INVALID */
  add(id: string, items: readonly ListItemBody[]): Promise<void> {
    return this.transactions.run(async (tx) => {
      const list = await lockDraft(tx, id);
      await addItems(tx, list, items);
      await touch(tx, list, {});
    });
  }

  /** From the draft alone: what an earlier edition issued stays. @throws Refusal 404, 409 LIST_ISSUED */
  remove(id: string, itemId: string): Promise<void> {
    return this.transactions.run(async (tx) => {
      const list = await lockDraft(tx, id);
      const removed = await tx.query(
        'DELETE FROM responsibility_list_items WHERE id = $1 AND list_id = $2 RETURNING id',
        [itemId, id],
      );
      if (removed.length === 0) throw notFound('item', itemId);
      await touch(tx, list, {});
    });
  }

  private async draft(
    actor: AccountActor,
    body: EditionBody,
  ): Promise<Omit<ResponsibilityList, 'number' | 'source' | 'edition'>> {
    this.requireNotLater(body.issuedOn);
    return {
      id: uuidv7(),
      title: body.title.trim(),
      issuedOn: body.issuedOn,
      claimUntil: await this.endOfWindow(body.claimUntilOn ?? null),
      status: 'draft',
      createdAt: this.clock.now(),
      createdBy: actor.accountId,
      issuedAt: null,
      issuedBy: null,
      version: 1,
    };
  }

  /** @throws Refusal 400 DATE_IN_FUTURE */
  private requireNotLater(issuedOn: string): void {
    if (issuedOn > this.office.dateOf(this.clock.now()))
      throw new Refusal(400, 'DATE_IN_FUTURE', {}, [{ pointer: '/issuedOn', code: 'DATE_IN_FUTURE' }]);
  }

  /** @throws Refusal 400 CLAIM_WINDOW_PAST */
  private async endOfWindow(on: string | null): Promise<Date | null> {
    if (on === null) return null;
    const { at } = deadlineOn(on, await this.calendars.current(), this.office);
    if (at > this.clock.now()) return at;
    throw new Refusal(400, 'CLAIM_WINDOW_PAST', { on }, [
      { pointer: '/claimUntilOn', code: 'CLAIM_WINDOW_PAST', params: { on } },
    ]);
  }
}

/** @throws Refusal 404, 409 LIST_ISSUED */
export async function lockDraft(tx: Transaction, id: string): Promise<ResponsibilityList> {
  const [found] = await tx.query('SELECT * FROM responsibility_lists WHERE id = $1 FOR UPDATE', [id]);
  if (found === undefined) throw notFound('responsibility list', id);
  const list = camelRow<ResponsibilityList>(found);
  if (list.status !== 'draft') throw new Refusal(409, 'LIST_ISSUED', { number: list.number });
  return list;
}

/** Changes a locked draft. */
export async function touch(
  tx: Transaction,
  list: ResponsibilityList,
  change: { [Key in keyof ResponsibilityList]?: ResponsibilityList[Key] | undefined },
): Promise<void> {
  const set = assignments({ ...change, version: list.version + 1 }, 3);
  const changed = await tx.query(
    `UPDATE responsibility_lists SET ${set.sql} WHERE id = $1 AND version = $2 RETURNING id`,
    [list.id, list.version, ...set.parameters],
  );
  if (changed.length !== 1) throw new Refusal(412, 'VERSION_STALE', { version: list.version });
}

/** False where the edition is there already: of two drafts at once, one is the first. */
async function insertNew(tx: Transaction, list: ResponsibilityList): Promise<boolean> {
  const { sql, parameters } = insertion('responsibility_lists', [{ ...list }]);
  return (await tx.query(`${sql} ON CONFLICT DO NOTHING RETURNING id`, parameters)).length === 1;
}
