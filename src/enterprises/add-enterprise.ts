import { v7 as uuidv7 } from 'uuid';
import { SINCE_ALWAYS } from '../platform/clock/since-always.js';
import type { Transaction } from '../platform/database/transactions.js';
import { Enterprise } from './enterprise.entity.js';
import { EnterpriseRevision } from './enterprise-revision.entity.js';

export type NewEnterprise = Pick<Enterprise, 'id' | 'name' | 'creditCode' | 'reportingUnitId'> &
  Partial<Omit<Enterprise, 'version'>>;

/** Registers an enterprise with its first revision, which holds since always: ledgers tell of cases before it was known. */
export async function addEnterprise(tx: Transaction, now: Date, fields: NewEnterprise): Promise<Enterprise> {
  const enterprise = tx.manager.create(Enterprise, { ...fields, version: 1 });
  await tx.manager.insert(Enterprise, enterprise);
  await addEnterpriseRevision(tx, enterprise, SINCE_ALWAYS, now);
  return enterprise;
}

/** Appends the attributes that tables group by, as they are from `effectiveAt` on. */
export async function addEnterpriseRevision(
  tx: Transaction,
  enterprise: Enterprise,
  effectiveAt: Date,
  recordedAt: Date,
): Promise<void> {
  await tx.manager.insert(EnterpriseRevision, {
    id: uuidv7(),
    enterpriseId: enterprise.id,
    effectiveAt,
    recordedAt,
    name: enterprise.name,
    reportingUnitId: enterprise.reportingUnitId,
    industryCode: enterprise.industryCode ?? null,
    sizeClass: enterprise.sizeClass ?? null,
  });
}
