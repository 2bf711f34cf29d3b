import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../access/actor.js';
import { OfficeTime } from '../calendar/office-time.js';
import { Official } from '../organization/official.entity.js';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { type List, ListReader, Where } from '../platform/http/list-reader.js';
import type { Page, PageQuery } from '../platform/http/paging.js';
import { EnterpriseRegister } from './enterprise-register.js';
import { Pairing } from './pairing.entity.js';
import type { PairingBody, PairingView } from './pairings.dto.js';

const PAIRINGS: List<PairingView> = {
  name: 'pairings',
  select: `p.id, json_build_object('id', o.id, 'name', o.name, 'post', o.post) AS official,
    p.from_on::text AS "fromOn", p.to_on::text AS "toOn"`,
  from: 'pairings p JOIN officials o ON o.id = p.official_id',
  keys: ['p.from_on', 'p.id'],
  types: ['date', 'uuid'],
  positionOf: (row) => [row.fromOn, row.id],
};

/** 包联: who of the leaders answers for an enterprise, now and before. */
@Injectable()
export class PairingsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: Reader,
    private readonly lists: ListReader,
    private readonly register: EnterpriseRegister,
    private readonly clock: Clock,
    private readonly officeTime: OfficeTime,
  ) {}

  /** By first day, ended ones too. */
  async list(actor: AccountActor, enterpriseId: string, query: PageQuery): Promise<Page<PairingView>> {
    await this.register.byId(actor, enterpriseId);
    const where = new Where().add(enterpriseId, (id) => `p.enterprise_id = ${id}`);
    return this.lists.page(PAIRINGS, where, query, (row) => row);
  }

  async pair(actor: AccountActor, enterpriseId: string, body: PairingBody): Promise<PairingView> {
    await this.register.byId(actor, enterpriseId);
    const today = this.officeTime.dateOf(this.clock.now());
    const fromOn = body.fromOn ?? today;
    const { officialId } = body;
    if (fromOn > today)
      throw new Refusal(400, 'DATE_IN_FUTURE', {}, [{ pointer: '/fromOn', code: 'DATE_IN_FUTURE' }]);
    const id = uuidv7();
    await this.transactions.run(async (tx) => {
      const isLeader = await tx.manager.existsBy(Official, {
        id: officialId,
        duty: 'leader',
        isActive: true,
      });
      if (!isLeader)
        throw new Refusal(409, 'LEADER_REQUIRED', {}, [{ pointer: '/officialId', code: 'LEADER_REQUIRED' }]);
      const isPaired = await tx.manager.existsBy(Pairing, { enterpriseId, officialId, toOn: IsNull() });
      if (isPaired)
        throw new Refusal(409, 'PAIRING_EXISTS', {}, [{ pointer: '/officialId', code: 'PAIRING_EXISTS' }]);
      await tx.manager.insert(Pairing, { id, enterpriseId, officialId, fromOn, toOn: null });
    });
    return this.one(enterpriseId, id);
  }

  /** Today is its last day; what the leader saw of the enterprise is out of scope at once. */
  async end(actor: AccountActor, enterpriseId: string, id: string): Promise<PairingView> {
    await this.register.byId(actor, enterpriseId);
    const toOn = this.officeTime.dateOf(this.clock.now());
    const ended = await this.transactions.run((tx) =>
      tx.manager.update(Pairing, { id, enterpriseId, toOn: IsNull() }, { toOn }),
    );
    const pairing = await this.one(enterpriseId, id);
    if (ended.affected !== 1) throw new Refusal(409, 'PAIRING_ENDED', { toOn: pairing.toOn });
    return pairing;
  }

  private async one(enterpriseId: string, id: string): Promise<PairingView> {
    const sql = `SELECT ${PAIRINGS.select} FROM ${PAIRINGS.from} WHERE p.enterprise_id = $1 AND p.id = $2`;
    const [pairing] = await this.reader.query<PairingView>(sql, [enterpriseId, id]);
    if (pairing === undefined) throw notFound('pairing', id);
    return pairing;
  }
}
