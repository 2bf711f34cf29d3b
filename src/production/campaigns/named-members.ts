import { isCreditCode, normalizeCreditCode } from '../../enterprises/credit-code.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { type Fault, Refusal } from '../../platform/errors/refusal.js';
import type { CampaignMembersBody } from './campaigns.dto.js';
import type { MemberKind } from './milestones.js';

type Naming = Pick<CampaignMembersBody, 'enterpriseId' | 'creditCodes' | 'projectId' | 'projectNumbers'>;

/**
 * Ids of what a body names, each once.
 * @throws Refusal 400 CAMPAIGN_MEMBERS_REQUIRED, CAMPAIGN_MEMBERS_INVALID with a fault for each
 */
export async function namedMembers(tx: Transaction, kind: MemberKind, named: Naming): Promise<string[]> {
  const { enterpriseId, creditCodes, projectId, projectNumbers } = named;
  const ways = [enterpriseId, creditCodes, projectId, projectNumbers].filter((way) => way !== undefined);
  const [one, many] = kind === 'enterprise' ? [enterpriseId, creditCodes] : [projectId, projectNumbers];
  if (ways.length !== 1 || (one === undefined && many === undefined))
    throw new Refusal(400, 'CAMPAIGN_MEMBERS_REQUIRED');
  if (many === undefined) return byId(tx, kind, one ?? '');
  return kind === 'enterprise' ? byCreditCode(tx, many.map(normalizeCreditCode)) : byNumber(tx, many);
}

export const invalid = (code: string, faults: Fault[]): Refusal =>
  new Refusal(400, code, { count: faults.length }, faults.slice(0, 50));

const BY_ID = {
  enterprise: { table: 'enterprises', pointer: '/enterpriseId', code: 'ENTERPRISE_UNKNOWN' },
  project: { table: 'projects', pointer: '/projectId', code: 'PROJECT_UNKNOWN' },
} as const;

async function byId(tx: Transaction, kind: MemberKind, id: string): Promise<string[]> {
  const { table, pointer, code } = BY_ID[kind];
  const found = await tx.query(`SELECT 1 FROM ${table} WHERE id = $1`, [id]);
  if (found.length === 0) throw invalid('CAMPAIGN_MEMBERS_INVALID', [{ pointer, code }]);
  return [id];
}

/** A code that is given twice is one enterprise. */
async function byCreditCode(tx: Transaction, codes: readonly string[]): Promise<string[]> {
  const found = await tx.query<{ id: string; name: string }>(
    'SELECT id, credit_code AS name FROM enterprises WHERE credit_code = ANY ($1::text[]) ORDER BY id',
    [codes],
  );
  return allOf(found, codes, '/creditCodes', (code) =>
    isCreditCode(code) ? 'ENTERPRISE_UNKNOWN' : 'CREDIT_CODE_INVALID',
  );
}

async function byNumber(tx: Transaction, numbers: readonly string[]): Promise<string[]> {
  const found = await tx.query<{ id: string; name: string }>(
    'SELECT id, number AS name FROM projects WHERE number = ANY ($1::text[]) ORDER BY id',
    [numbers],
  );
  return allOf(found, numbers, '/projectNumbers', () => 'PROJECT_UNKNOWN');
}

function allOf(
  found: ReadonlyArray<{ id: string; name: string }>,
  names: readonly string[],
  pointer: string,
  codeOf: (name: string) => string,
): string[] {
  const known = new Set(found.map(({ name }) => name));
  const faults = names.flatMap((name, place): Fault[] =>
    known.has(name) ? [] : [{ pointer: `${pointer}/${place}`, code: codeOf(name) }],
  );
  if (faults.length > 0) throw invalid('CAMPAIGN_MEMBERS_INVALID', faults);
  return found.map(({ id }) => id);
}
