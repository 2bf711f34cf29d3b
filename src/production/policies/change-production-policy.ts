import { Injectable } from '@nestjs/common';
import { byAccount, SecurityTrail } from '../../access/security-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { Unjudged } from '../judging/unjudged.js';
import { DEFAULT_PARAMETERS, parameterFaults, type ProductionParameters } from '../rules/parameters.js';
import { ProductionPolicies } from './production-policies.js';

/** Any number: who edits at the same time waits, so that each sees the version before his own. */
const EDIT_LOCK = 7_264_071;

export interface ProductionPolicyEdit {
  parameters: ProductionParameters;
  reason: string;
  basedOnVersion: number;
}

/** Makes new versions of the parameters; whoever has been judged is judged anew. */
@Injectable()
export class ChangeProductionPolicy {
  constructor(
    private readonly transactions: Transactions,
    private readonly policies: ProductionPolicies,
    private readonly unjudged: Unjudged,
    private readonly clock: Clock,
    private readonly trail: SecurityTrail,
  ) {}

  /** @throws Refusal 400 PARAMETERS_INVALID, 409 PRODUCTION_POLICY_STALE */
  async run(
    accountId: string,
    { parameters: given, reason, basedOnVersion }: ProductionPolicyEdit,
  ): Promise<void> {
    const parameters = plain(given);
    requireSound(parameters);
    await this.transactions.run(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [EDIT_LOCK]);
      const { version: inForce } = await this.policies.inForceIn(tx);
      if (inForce !== basedOnVersion)
        throw new Refusal(409, 'PRODUCTION_POLICY_STALE', { basedOnVersion, versionInForce: inForce });
      const version = inForce + 1;
      await tx.query(
        `INSERT INTO production_policies (version, parameters, reason, recorded_at, recorded_by)
         VALUES ($1, $2::jsonb, $3, $4, $5)`,
        [version, JSON.stringify(parameters), reason, this.clock.now(), accountId],
      );
      await this.unjudged.addAll(tx);
      await this.trail.record(tx, {
        type: 'production_policy_changed',
        actor: byAccount(accountId),
        payload: { version, basedOnVersion, reason, parameters },
      });
    });
  }
}

/** What is kept for ever, and nothing that came along with it. */
function plain(given: ProductionParameters): ProductionParameters {
  const names = Object.keys(DEFAULT_PARAMETERS) as Array<keyof ProductionParameters>;
  return Object.fromEntries(names.map((name) => [name, given[name]])) as unknown as ProductionParameters;
}

function requireSound(parameters: ProductionParameters): void {
  const faults = parameterFaults(parameters).map(({ name, code, params }) => ({
    pointer: `/parameters/${name}`,
    code,
    params,
  }));
  if (faults.length > 0) throw new Refusal(400, 'PARAMETERS_INVALID', { count: faults.length }, faults);
}
