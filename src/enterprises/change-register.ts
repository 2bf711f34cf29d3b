import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../access/actor.js';
import { ReportingUnit } from '../organization/reporting-unit.entity.js';
import { Clock } from '../platform/clock/clock.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { requireIfMatch } from '../platform/http/etag.js';
import { given } from '../platform/http/fields.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import { addEnterprise, addEnterpriseRevision } from './add-enterprise.js';
import { isCreditCode, normalizeCreditCode } from './credit-code.js';
import { Enterprise } from './enterprise.entity.js';
import { phoneColumns } from './enterprise-phone.js';
import type { EnterpriseBody, EnterpriseChangeBody } from './enterprises.dto.js';
import { INDUSTRIES } from './industries.data.js';
import { ProductionBook } from './production-book.js';

/** Writes of the register: the task force everywhere, a county within its own unit. */
@Injectable()
export class ChangeRegister {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly production: ProductionBook,
  ) {}

  /** @returns id of the new enterprise */
  async add(actor: AccountActor, body: EnterpriseBody): Promise<string> {
    const creditCode = normalizeCreditCode(body.creditCode);
    if (!isCreditCode(creditCode)) throw refused(400, 'CREDIT_CODE_INVALID', 'creditCode');
    requireTerritory(actor, body.reportingUnitId);
    const enterprise = await this.transactions.run(async (tx) => {
      await requireKnown(tx, body);
      const isTaken = await tx.manager.existsBy(Enterprise, { creditCode });
      if (isTaken) throw refused(409, 'CREDIT_CODE_TAKEN', 'creditCode', { creditCode });
      const id = uuidv7();
      return addEnterprise(tx, this.clock.now(), {
        ...this.columnsOf(body, id),
        id,
        name: body.name,
        creditCode,
        reportingUnitId: body.reportingUnitId,
      });
    });
    return enterprise.id;
  }

  /** What tables group by holds from now on; weeks before keep what they had. */
  async change(
    actor: AccountActor,
    id: string,
    ifMatch: string | undefined,
    body: EnterpriseChangeBody,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      const before = await tx.manager.findOne(Enterprise, {
        where: { id },
        lock: { mode: 'for_no_key_update' },
      });
      const isOwn = actor.role !== 'county' || before?.reportingUnitId === actor.reportingUnitId;
      if (before === null || !isOwn) throw notFound('enterprise', id);
      requireIfMatch(ifMatch, before.version);
      if (body.reportingUnitId !== undefined) requireTerritory(actor, body.reportingUnitId);
      await requireKnown(tx, body);
      const after = Object.assign(new Enterprise(), before, this.columnsOf(body, id), {
        version: before.version + 1,
      });
      await tx.manager.update(Enterprise, { id, version: before.version }, after);
      const now = this.clock.now();
      if (isRegrouped(before, after)) await addEnterpriseRevision(tx, after, now, now);
      if (after.baselineMonthlyOutput !== before.baselineMonthlyOutput)
        await this.production.baselineChanged(tx, id);
      if (after.reportingUnitId !== before.reportingUnitId) await moveCases(tx, id, after.reportingUnitId);
    });
  }

  private columnsOf(
    { baselineMonthlyOutput: baseline, contactPhone, ...rest }: EnterpriseChangeBody,
    id: string,
  ): Partial<Enterprise> {
    return {
      ...given(rest),
      ...(contactPhone !== undefined && phoneColumns(this.personalData, id, contactPhone)),
      ...(baseline !== undefined && {
        baselineMonthlyOutput: baseline === null ? null : baseline.toFixed(2),
      }),
    };
  }
}

/** Its cases and problems stand in the row of its unit, from now on the new one. */
async function moveCases(tx: Transaction, enterpriseId: string, reportingUnitId: string): Promise<void> {
  const parameters = [reportingUnitId, enterpriseId];
  await tx.query(
    'UPDATE cases SET reporting_unit_id = $1, version = version + 1 WHERE enterprise_id = $2',
    parameters,
  );
  await tx.query(
    'UPDATE problems SET reporting_unit_id = $1, version = version + 1 WHERE enterprise_id = $2',
    parameters,
  );
}

const isRegrouped = (before: Enterprise, after: Enterprise): boolean =>
  before.name !== after.name ||
  before.reportingUnitId !== after.reportingUnitId ||
  before.industryCode !== after.industryCode ||
  before.sizeClass !== after.sizeClass;

function requireTerritory(actor: AccountActor, reportingUnitId: string): void {
  if (actor.role === 'county' && actor.reportingUnitId !== reportingUnitId)
    throw refused(403, 'OUTSIDE_TERRITORY', 'reportingUnitId');
}

async function requireKnown(tx: Transaction, body: EnterpriseChangeBody): Promise<void> {
  const { industryCode: code, reportingUnitId: id } = body;
  if (typeof code === 'string' && !INDUSTRIES.has(code))
    throw refused(400, 'INDUSTRY_UNKNOWN', 'industryCode', { code });
  if (id === undefined) return;
  const hasUnit = await tx.manager.existsBy(ReportingUnit, { id });
  if (!hasUnit) throw refused(409, 'REFERENCE_UNKNOWN', 'reportingUnitId');
}

function refused(
  status: 400 | 403 | 409,
  code: string,
  field: string,
  params: Record<string, unknown> = {},
): Refusal {
  return new Refusal(status, code, params, [{ pointer: `/${field}`, code, params }]);
}
