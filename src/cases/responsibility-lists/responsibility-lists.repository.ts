import { Injectable } from '@nestjs/common';
import { Reader } from '../../platform/database/reader.js';
import { notFound } from '../../platform/errors/refusal.js';
import { type List, ListReader, Where } from '../../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../../platform/http/newest-first.js';
import type { Page, PageQuery } from '../../platform/http/paging.js';
import type { ListItemView, ResponsibilityListView } from './responsibility-list.view.js';
import type { ResponsibilityListQuery } from './responsibility-lists.dto.js';

/** Editions up to and with `l`; an edition adds to those before it. */
const UP_TO = 'e.number = l.number AND e.edition <= l.edition';

const LISTS: NewestFirst<ResponsibilityListView> = {
  name: 'responsibility-lists',
  select: `l.id, l.number, l.edition, l.title, l.source, l.issued_on AS "issuedOn", l.claim_until AS "claimUntil",
    l.status, l.issued_at AS "issuedAt", l.version,
    (SELECT count(*)::int FROM responsibility_list_items i WHERE i.list_id = l.id) AS "itemsAdded",
    (SELECT count(*)::int FROM responsibility_list_items i
       JOIN responsibility_lists e ON e.id = i.list_id WHERE ${UP_TO}) AS "itemsTotal"`,
  from: 'responsibility_lists l',
  keys: [['l.id', 'uuid']],
  positionOf: (row) => [row.id],
};

/** SQL of the departments that an item suggests, as JSON; `i` is the item. */
export const SUGGESTED_DEPARTMENTS = `coalesce((
    SELECT jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name) ORDER BY d.name, d.id)
      FROM departments d WHERE d.id = ANY (i.suggested_department_ids)), '[]')`;

const ITEMS: List<ListItemView> = {
  name: 'responsibility-list-items',
  select: `i.id, e.edition,
    CASE WHEN n.id IS NOT NULL THEN jsonb_build_object('id', n.id, 'name', n.name) END AS enterprise,
    CASE WHEN j.id IS NOT NULL THEN jsonb_build_object('id', j.id, 'name', j.name) END AS project,
    i.title, i.description, i.category, i.cause, ${SUGGESTED_DEPARTMENTS} AS "suggestedDepartments",
    CASE WHEN p.id IS NULL THEN NULL
         ELSE jsonb_build_object('id', p.id, 'number', p.number, 'status', p.status) END AS problem`,
  from: `responsibility_lists l
    JOIN responsibility_lists e ON ${UP_TO}
    JOIN responsibility_list_items i ON i.list_id = e.id
    LEFT JOIN enterprises n ON n.id = i.enterprise_id
    LEFT JOIN projects j ON j.id = i.project_id
    LEFT JOIN problems p ON p.id = i.problem_id`,
  keys: ['e.edition', 'i.id'],
  types: ['int', 'uuid'],
  positionOf: (row) => [row.edition, row.id],
};

/** Responsibility lists as the task force reads them. */
@Injectable()
export class ResponsibilityListsRepository {
  constructor(
    private readonly reader: Reader,
    private readonly newestFirst: NewestFirstReader,
    private readonly lists: ListReader,
  ) {}

  list(query: ResponsibilityListQuery): Promise<Page<ResponsibilityListView>> {
    const where = new Where()
      .add(query.status, (values) => `l.status = ANY (${values}::text[])`)
      .add(query.source, (values) => `l.source = ANY (${values}::text[])`)
      .add(query.number, (number) => `l.number = ${number}`);
    return this.newestFirst.page(LISTS, where, query, (row) => row);
  }

  /** @throws Refusal 404 */
  async byId(id: string): Promise<ResponsibilityListView> {
    const [found] = await this.reader.query<ResponsibilityListView>(
      `SELECT ${LISTS.select} FROM ${LISTS.from} WHERE l.id = $1`,
      [id],
    );
    if (found === undefined) throw notFound('responsibility list', id);
    return found;
  }

  /** Of the edition and of those before it, in their order. @throws Refusal 404 */
  async items(id: string, query: PageQuery): Promise<Page<ListItemView>> {
    await this.byId(id);
    return this.lists.page(
      ITEMS,
      new Where().add(id, (list) => `l.id = ${list}`),
      query,
      (row) => row,
    );
  }
}
