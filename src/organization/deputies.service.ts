import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { OfficeTime } from '../calendar/office-time.js';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { type List, ListReader, Where } from '../platform/http/list-reader.js';
import type { Page, PageQuery } from '../platform/http/paging.js';
import type { DeputyBody, DeputyView } from './deputies.dto.js';
import { Deputy } from './deputy.entity.js';
import { Official } from './official.entity.js';

const DEPUTIES: List<DeputyView> = {
  name: 'deputies',
  select: `s.id, json_build_object('id', o.id, 'name', o.name, 'post', o.post) AS deputy,
    s.from_on::text AS "fromOn", s.to_on::text AS "toOn", s.cancelled_at AS "cancelledAt"`,
  from: 'deputies s JOIN officials o ON o.id = s.deputy_id',
  keys: ['s.from_on', 's.id'],
  types: ['date', 'uuid'],
  positionOf: (row) => [row.fromOn, row.id],
};

/** Who stands in for an official, and when. */
@Injectable()
export class DeputiesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: Reader,
    private readonly lists: ListReader,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
  ) {}

  /** By first day, past and cancelled ones too. */
  async list(officialId: string, query: PageQuery): Promise<Page<DeputyView>> {
    const [official] = await this.reader.query('SELECT 1 FROM officials WHERE id = $1', [officialId]);
    if (official === undefined) throw notFound('official', officialId);
    const where = new Where().add(officialId, (id) => `s.official_id = ${id}`);
    return this.lists.page(DEPUTIES, where, query, (row) => row);
  }

  /** @throws Refusal 400 DEPUTY_ONESELF, DATES_REVERSED, DATE_PAST; 409 OFFICIAL_UNKNOWN, OFFICIAL_INACTIVE, DEPUTY_OVERLAPS */
  async add(officialId: string, { deputyId, fromOn, toOn }: DeputyBody): Promise<DeputyView> {
    if (deputyId.toLowerCase() === officialId.toLowerCase())
      throw refused(400, 'DEPUTY_ONESELF', '/deputyId');
    if (toOn < fromOn) throw refused(400, 'DATES_REVERSED', '/toOn');
    const today = this.office.dateOf(this.clock.now());
    if (toOn < today) throw refused(400, 'DATE_PAST', '/toOn', { today });
    const id = uuidv7();
    await this.transactions.run(async (tx) => {
      await lockBoth(tx, officialId, deputyId);
      const other = await tx.manager.findOneBy(Deputy, {
        officialId,
        cancelledAt: IsNull(),
        fromOn: LessThanOrEqual(toOn),
        toOn: MoreThanOrEqual(fromOn),
      });
      if (other !== null) {
        throw refused(409, 'DEPUTY_OVERLAPS', '/fromOn', { fromOn: other.fromOn, toOn: other.toOn });
      }
      await tx.manager.insert(Deputy, { id, officialId, deputyId, fromOn, toOn, cancelledAt: null });
    });
    return this.one(officialId, id);
  }

  /** It stands no more, from this moment on. */
  async cancel(officialId: string, id: string): Promise<DeputyView> {
    const cancelledAt = this.clock.now();
    const cancelled = await this.transactions.run((tx) =>
      tx.manager.update(Deputy, { id, officialId, cancelledAt: IsNull() }, { cancelledAt }),
    );
    const deputy = await this.one(officialId, id);
    if (cancelled.affected !== 1) throw new Refusal(409, 'DEPUTY_CANCELLED');
    return deputy;
  }

  private async one(officialId: string, id: string): Promise<DeputyView> {
    const sql = `SELECT ${DEPUTIES.select} FROM ${DEPUTIES.from} WHERE s.official_id = $1 AND s.id = $2`;
    const [deputy] = await this.reader.query<DeputyView>(sql, [officialId, id]);
    if (deputy === undefined) throw notFound('deputy', id);
    return deputy;
  }
}

/** Locked in one order: two deputies added at once for the same days see one another, and nobody is deactivated meanwhile. */
async function lockBoth(tx: Transaction, officialId: string, deputyId: string): Promise<void> {
  const both = await tx.manager.find(Official, {
    where: { id: In([officialId, deputyId]) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  if (!both.some(({ id }) => id === officialId.toLowerCase())) throw notFound('official', officialId);
  const deputy = both.find(({ id }) => id === deputyId.toLowerCase());
  if (deputy === undefined) throw refused(409, 'OFFICIAL_UNKNOWN', '/deputyId');
  if (!deputy.isActive) throw refused(409, 'OFFICIAL_INACTIVE', '/deputyId');
}

const refused = (
  status: 400 | 409,
  code: string,
  pointer: string,
  params: Record<string, unknown> = {},
): Refusal => new Refusal(status, code, params, [{ pointer, code, params }]);
