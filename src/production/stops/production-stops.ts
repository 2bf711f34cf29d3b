import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor, Caller } from '../../access/actor.js';
import { enterpriseScope } from '../../access/scope.js';
import { EnterpriseRegister } from '../../enterprises/enterprise-register.js';
import { Clock } from '../../platform/clock/clock.js';
import { Reader } from '../../platform/database/reader.js';
import { camelRow } from '../../platform/database/rows.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { checkIfMatch } from '../../platform/http/etag.js';
import { ListReader, Where } from '../../platform/http/list-reader.js';
import type { Page, PageQuery } from '../../platform/http/paging.js';
import { FigureBook } from '../figures/figure-book.js';
import { Unjudged } from '../judging/unjudged.js';
import { ProductionStop } from './production-stop.entity.js';
import { type ProductionStopBody, type ProductionStopView, STOPS } from './production-stops.dto.js';

/** Which stop, and the `If-Match` where one was sent. */
export interface StopReference {
  id: string;
  ifMatch: string | undefined;
}

const on = (month: string): string => `${month}-01`;

/** Planned and seasonal stops: announced, ended early or withdrawn, never deleted. */
@Injectable()
export class ProductionStops {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: Reader,
    private readonly lists: ListReader,
    private readonly register: EnterpriseRegister,
    private readonly clock: Clock,
    private readonly book: FigureBook,
    private readonly unjudged: Unjudged,
  ) {}

  async list(caller: Caller, enterpriseId: string, query: PageQuery): Promise<Page<ProductionStopView>> {
    await this.register.byId(caller, enterpriseId);
    return this.lists.page(
      STOPS,
      new Where().add(enterpriseId, (id) => `s.enterprise_id = ${id}`),
      query,
      (row) => row,
    );
  }

  /** @throws Refusal 404, 400 STOP_MONTHS_INVALID, 409 STOP_OVERLAPS */
  async add(
    actor: AccountActor,
    enterpriseId: string,
    body: ProductionStopBody,
  ): Promise<ProductionStopView> {
    const { kind, fromMonth, reason } = body;
    const toMonth = body.toMonth ?? null;
    if (toMonth !== null && toMonth < fromMonth) throw monthsInvalid();
    await this.register.byId(actor, enterpriseId);
    const id = uuidv7();
    await this.transactions.run(async (tx) => {
      // Whoever announces another one at the same time waits, and then finds this one.
      await this.book.lock(tx, [enterpriseId]);
      const [other] = await tx.query<{ fromMonth: string; toMonth: string | null }>(
        `SELECT to_char(from_month, 'YYYY-MM') AS "fromMonth",
                to_char(coalesce(ended_month, to_month), 'YYYY-MM') AS "toMonth"
           FROM production_stops
          WHERE enterprise_id = $1 AND withdrawn_at IS NULL AND from_month <= coalesce($3::date, 'infinity')
            AND coalesce(ended_month, to_month, 'infinity') >= $2::date LIMIT 1`,
        [enterpriseId, on(fromMonth), toMonth && on(toMonth)],
      );
      if (other !== undefined)
        throw new Refusal(409, 'STOP_OVERLAPS', {
          fromMonth: other.fromMonth,
          toMonth: other.toMonth ?? '—',
        });
      await tx.manager.insert(ProductionStop, {
        id,
        enterpriseId,
        kind,
        fromMonth: on(fromMonth),
        toMonth: toMonth && on(toMonth),
        reason,
        recordedAt: this.clock.now(),
        recordedBy: actor.accountId,
      });
      await this.unjudged.add(tx, [enterpriseId]);
    });
    return this.one(id);
  }

  /** @throws Refusal 404, 412, 409 STOP_CLOSED, 400 STOP_MONTHS_INVALID where it would not end earlier */
  end(actor: AccountActor, stop: StopReference, toMonth: string): Promise<ProductionStopView> {
    return this.change(actor, stop, (before) => {
      if (before.endedMonth !== null) throw new Refusal(409, 'STOP_CLOSED');
      const isEarlier = before.toMonth === null || on(toMonth) < before.toMonth;
      if (on(toMonth) < before.fromMonth || !isEarlier) throw monthsInvalid();
      return { endedMonth: on(toMonth), endedAt: this.clock.now(), endedBy: actor.accountId };
    });
  }

  /** @throws Refusal 404, 412, 409 STOP_CLOSED */
  withdraw(actor: AccountActor, stop: StopReference, withdrawalReason: string): Promise<ProductionStopView> {
    return this.change(actor, stop, () => ({
      withdrawnAt: this.clock.now(),
      withdrawnBy: actor.accountId,
      withdrawalReason,
    }));
  }

  private async change(
    actor: AccountActor,
    { id, ifMatch }: StopReference,
    changed: (before: ProductionStop) => Partial<ProductionStop>,
  ): Promise<ProductionStopView> {
    await this.transactions.run(async (tx) => {
      const before = await lockedStop(tx, actor, id);
      checkIfMatch(ifMatch, before.version);
      if (before.withdrawnAt !== null) throw new Refusal(409, 'STOP_CLOSED');
      const { version } = before;
      await tx.manager.update(ProductionStop, { id, version }, { ...changed(before), version: version + 1 });
      await this.unjudged.add(tx, [before.enterpriseId]);
    });
    return this.one(id);
  }

  private async one(id: string): Promise<ProductionStopView> {
    const [stop] = await this.reader.query<ProductionStopView>(
      `SELECT ${STOPS.select} FROM ${STOPS.from} WHERE s.id = $1`,
      [id],
    );
    if (stop === undefined) throw new Error('a stop vanished');
    return stop;
  }
}

/** @throws Refusal 404, also when its enterprise is out of scope */
async function lockedStop(tx: Transaction, actor: AccountActor, id: string): Promise<ProductionStop> {
  const scope = enterpriseScope(actor, 'e', 2);
  const [row] = await tx.query(
    `SELECT s.* FROM production_stops s JOIN enterprises e ON e.id = s.enterprise_id
      WHERE s.id = $1 AND ${scope.sql} FOR NO KEY UPDATE OF s`,
    [id, ...scope.parameters],
  );
  if (row === undefined) throw notFound('production_stop', id);
  return camelRow<ProductionStop>(row);
}

function monthsInvalid(): Refusal {
  const code = 'STOP_MONTHS_INVALID';
  return new Refusal(400, 'STOP_MONTHS_INVALID', {}, [{ pointer: '/toMonth', code }]);
}
