import { Injectable } from '@nestjs/common';
import { Reader } from '../platform/database/reader.js';
import { notFound } from '../platform/errors/refusal.js';
import { Where } from '../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../platform/http/newest-first.js';
import type { Page } from '../platform/http/paging.js';
import type { DeadlineClass } from './ladder.js';
import { POLICY_COLUMNS, Policies } from './policies.js';
import type { PolicyQuery, ReminderPolicyView } from './policies.dto.js';

const POLICIES: NewestFirst<ReminderPolicyView> = {
  name: 'reminder-policies',
  select: POLICY_COLUMNS,
  from: 'reminder_policies',
  keys: [['version', 'int']],
  positionOf: (row) => [row.version],
};

/** The versions of the ladders as people see them. */
@Injectable()
export class PolicyList {
  constructor(
    private readonly lists: NewestFirstReader,
    private readonly reader: Reader,
    private readonly policies: Policies,
  ) {}

  page(query: PolicyQuery): Promise<Page<ReminderPolicyView>> {
    const where = new Where().add(query.appliesTo, (classes) => `applies_to = ANY(${classes}::text[])`);
    return this.lists.page(POLICIES, where, query, (row) => row);
  }

  /** The ladder that the class climbs: its own, or the default's. Read anew: an edit is based on what it says. */
  async current(appliesTo: DeadlineClass): Promise<ReminderPolicyView> {
    await this.policies.reload();
    return (await this.policies.inForce()).of(appliesTo);
  }

  /** @throws Refusal 404 NOT_FOUND */
  async version(version: number): Promise<ReminderPolicyView> {
    const [row] = await this.reader.query<ReminderPolicyView>(
      `SELECT ${POLICY_COLUMNS} FROM reminder_policies WHERE version = $1`,
      [version],
    );
    if (row === undefined) throw notFound('reminder_policy', String(version));
    return row;
  }
}
