import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../platform/clock/clock.js';
import { Reader } from '../../platform/database/reader.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { requireIfMatch } from '../../platform/http/etag.js';
import { given } from '../../platform/http/fields.js';
import { type List, ListReader, Where } from '../../platform/http/list-reader.js';
import type { Page, PageQuery } from '../../platform/http/paging.js';
import { validPart } from '../../platform/http/valid-part.js';
import { SavedView, type SavedViewList } from './saved-view.entity.js';
import {
  SavedCaseQuery,
  SavedProblemQuery,
  type SavedViewBody,
  type SavedViewPatch,
  type SavedViewView,
} from './saved-views.dto.js';

const MOST = 50;
const QUERIES = { cases: SavedCaseQuery, problems: SavedProblemQuery };

const VIEWS: List<SavedViewView> = {
  name: 'saved-views',
  select: 'v.id, v.name, v.list, v.query, v.version',
  from: 'saved_views v',
  keys: ['v.name', 'v.id'],
  types: ['text', 'uuid'],
  positionOf: (row) => [row.name, row.id],
};

/** Saved views, each person's own: to everyone else they do not exist. */
@Injectable()
export class SavedViews {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: Reader,
    private readonly lists: ListReader,
    private readonly clock: Clock,
  ) {}

  /** By name. */
  list(accountId: string, query: PageQuery): Promise<Page<SavedViewView>> {
    const where = new Where().add(accountId, (id) => `v.account_id = ${id}`);
    return this.lists.page(VIEWS, where, query, (row) => row);
  }

  /** @throws Refusal 404 */
  async get(accountId: string, id: string): Promise<SavedViewView> {
    const [view] = await this.reader.query<SavedViewView>(
      `SELECT ${VIEWS.select} FROM ${VIEWS.from} WHERE v.account_id = $1 AND v.id = $2`,
      [accountId, id],
    );
    if (view === undefined) throw notFound('savedView', id);
    return view;
  }

  /** @throws Refusal 400 VALIDATION_FAILED, 409 SAVED_VIEWS_FULL, SAVED_VIEW_EXISTS */
  async save(accountId: string, { name, list, query }: SavedViewBody): Promise<SavedViewView> {
    const valid = await validFor(list, query);
    const id = uuidv7();
    await this.transactions.run(async (tx) => {
      const own = await lockOwn(tx, accountId);
      if (own.length >= MOST) throw new Refusal(409, 'SAVED_VIEWS_FULL', { most: MOST });
      requireFree(own, name);
      const createdAt = this.clock.now();
      await tx.manager.insert(SavedView, { id, accountId, name, list, query: { ...valid }, createdAt });
    });
    return this.get(accountId, id);
  }

  /** @throws Refusal 400, 404, 409 SAVED_VIEW_EXISTS, 412, 428 */
  async change(
    accountId: string,
    id: string,
    { name, query }: SavedViewPatch,
    ifMatch: string | undefined,
  ): Promise<SavedViewView> {
    await this.transactions.run(async (tx) => {
      const own = await lockOwn(tx, accountId);
      const view = own.find((each) => each.id === id);
      if (view === undefined) throw notFound('savedView', id);
      requireIfMatch(ifMatch, view.version);
      if (name !== undefined && name !== view.name) requireFree(own, name);
      const valid = query === undefined ? view.query : await validFor(view.list, query);
      await tx.query(
        `UPDATE saved_views SET name = $3, query = $4, version = version + 1
          WHERE id = $1 AND version = $2`,
        [id, view.version, name ?? view.name, valid],
      );
    });
    return this.get(accountId, id);
  }

  /** @throws Refusal 404 */
  async remove(accountId: string, id: string): Promise<void> {
    const gone = await this.transactions.run((tx) =>
      tx.query('DELETE FROM saved_views WHERE account_id = $1 AND id = $2 RETURNING id', [accountId, id]),
    );
    if (gone.length !== 1) throw notFound('savedView', id);
  }
}

const validFor = async (list: SavedViewList, query: Record<string, unknown>): Promise<object> =>
  given(await validPart<SavedCaseQuery | SavedProblemQuery>(query, QUERIES[list], '/query'));

/** All of a person's views; who adds or renames at the same time waits, so that number and names stay right. */
async function lockOwn(tx: Transaction, accountId: string): Promise<SavedView[]> {
  await tx.query('SELECT 1 FROM accounts WHERE id = $1 FOR NO KEY UPDATE', [accountId]);
  return tx.manager.findBy(SavedView, { accountId });
}

function requireFree(own: readonly SavedView[], name: string): void {
  if (!own.some((view) => view.name === name)) return;
  throw new Refusal(409, 'SAVED_VIEW_EXISTS', {}, [{ pointer: '/name', code: 'SAVED_VIEW_EXISTS' }]);
}
