import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor, Caller } from '../access/actor.js';
import { OfficeTime } from '../calendar/office-time.js';
import { Department } from '../organization/department.entity.js';
import { Official } from '../organization/official.entity.js';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { type List, ListReader, Where } from '../platform/http/list-reader.js';
import type { Page, PageQuery } from '../platform/http/paging.js';
import { EnterpriseRegister } from './enterprise-register.js';
import { Pairing } from './pairing.entity.js';
import type { PairingBody, PairingView } from './pairings.dto.js';
import { ProjectRegister } from './projects/project-register.js';

/** With what somebody is paired. */
export interface PairedWith {
  kind: 'enterprise' | 'project';
  id: string;
}

const PAIRINGS: List<PairingView> = {
  name: 'pairings',
  select: `p.id, p.tier, p.duty, json_build_object('id', d.id, 'name', d.name) AS department,
    CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name, 'post', o.post) END AS official,
    p.from_on::text AS "fromOn", p.to_on::text AS "toOn"`,
  from: `pairings p LEFT JOIN officials o ON o.id = p.official_id
    JOIN departments d ON d.id = coalesce(p.department_id, o.department_id)`,
  keys: ['p.from_on', 'p.id'],
  types: ['date', 'uuid'],
  positionOf: (row) => [row.fromOn, row.id],
};

/** 三级包联: which leaders, units and officials answer for an enterprise or a project, now and before. */
@Injectable()
export class PairingsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: Reader,
    private readonly lists: ListReader,
    private readonly enterprises: EnterpriseRegister,
    private readonly projects: ProjectRegister,
    private readonly clock: Clock,
    private readonly officeTime: OfficeTime,
  ) {}

  /** By first day, ended ones too. */
  async list(actor: Caller, paired: PairedWith, query: PageQuery): Promise<Page<PairingView>> {
    await this.require(actor, paired);
    const where = new Where().add(paired.id, (id) => `p.${paired.kind}_id = ${id}`);
    return this.lists.page(PAIRINGS, where, query, (row) => row);
  }

  async pair(actor: AccountActor, paired: PairedWith, body: PairingBody): Promise<PairingView> {
    await this.require(actor, paired);
    const today = this.officeTime.dateOf(this.clock.now());
    const fromOn = body.fromOn ?? today;
    if (fromOn > today)
      throw new Refusal(400, 'DATE_IN_FUTURE', {}, [{ pointer: '/fromOn', code: 'DATE_IN_FUTURE' }]);
    const id = uuidv7();
    await this.transactions.run(async (tx) => {
      const party = await partyOf(tx, body);
      const { officialId, departmentId, duty, tier } = party;
      const isPaired = await tx.manager.existsBy(Pairing, {
        ...columnOf(paired),
        toOn: IsNull(),
        ...(officialId === null ? { departmentId: departmentId ?? IsNull() } : { officialId, duty, tier }),
      });
      if (isPaired) throw refused(409, 'PAIRING_EXISTS', body);
      await tx.manager.insert(Pairing, { id, ...columnOf(paired), ...party, fromOn, toOn: null });
    });
    return this.one(paired, id);
  }

  /** Today is its last day; what a leader saw by it is out of scope at once. */
  async end(actor: AccountActor, paired: PairedWith, id: string): Promise<PairingView> {
    await this.require(actor, paired);
    const toOn = this.officeTime.dateOf(this.clock.now());
    const ended = await this.transactions.run((tx) =>
      tx.manager.update(Pairing, { id, ...columnOf(paired), toOn: IsNull() }, { toOn }),
    );
    const pairing = await this.one(paired, id);
    if (ended.affected !== 1) throw new Refusal(409, 'PAIRING_ENDED', { toOn: pairing.toOn });
    return pairing;
  }

  /** @throws Refusal 404 where it is absent or out of scope */
  private require(actor: Caller, { kind, id }: PairedWith): Promise<unknown> {
    return (kind === 'enterprise' ? this.enterprises : this.projects).byId(actor, id);
  }

  private async one(paired: PairedWith, id: string): Promise<PairingView> {
    const sql = `SELECT ${PAIRINGS.select} FROM ${PAIRINGS.from} WHERE p.${paired.kind}_id = $1 AND p.id = $2`;
    const [pairing] = await this.reader.query<PairingView>(sql, [paired.id, id]);
    if (pairing === undefined) throw notFound('pairing', id);
    return pairing;
  }
}

const columnOf = ({ kind, id }: PairedWith): { enterpriseId: string } | { projectId: string } =>
  kind === 'enterprise' ? { enterpriseId: id } : { projectId: id };

type Party = Pick<Pairing, 'officialId' | 'departmentId' | 'duty' | 'tier'>;

/** Who is paired, both active and fit for the duty; locked, so that nobody is deactivated meanwhile. */
async function partyOf(tx: Transaction, body: PairingBody): Promise<Party> {
  const { duty = 'leader', officialId, departmentId } = body;
  const isUnit = duty === 'unit';
  if ((isUnit ? officialId : departmentId) !== undefined) throw refused(400, 'PAIRING_PARTY_INVALID', body);
  const lock = { mode: 'pessimistic_read' } as const;
  if (isUnit) {
    const unit = await tx.manager.findOne(Department, { where: { id: departmentId ?? '' }, lock });
    if (unit === null) throw refused(409, 'DEPARTMENT_UNKNOWN', body);
    if (!unit.isActive) throw refused(409, 'DEPARTMENT_INACTIVE', body);
    return { duty, tier: body.tier ?? unit.level, departmentId: unit.id, officialId: null };
  }
  const official = await tx.manager.findOne(Official, { where: { id: officialId ?? '' }, lock });
  const isActive = official?.isActive === true;
  if (duty === 'leader' && !(isActive && official.duty === 'leader'))
    throw refused(409, 'LEADER_REQUIRED', body);
  if (official === null) throw refused(409, 'OFFICIAL_UNKNOWN', body);
  if (!isActive) throw refused(409, 'OFFICIAL_INACTIVE', body);
  const tier =
    body.tier ?? (await tx.manager.findOneByOrFail(Department, { id: official.departmentId })).level;
  return { duty, tier, departmentId: null, officialId: official.id };
}

function refused(status: 400 | 409, code: string, { duty }: PairingBody): Refusal {
  const pointer = duty === 'unit' ? '/departmentId' : '/officialId';
  return new Refusal(status, code, {}, [{ pointer, code }]);
}
