import { Injectable } from '@nestjs/common';
import { byAccount, SecurityTrail } from '../../access/security-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import { Reader } from '../../platform/database/reader.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import type { BulletinPolicy } from './bulletin-policy.entity.js';

export type PolicyInForce = Omit<BulletinPolicy, 'recordedAt' | 'recordedBy'> & {
  recordedAt: Date | null;
  recordedBy: string | null;
};
export type PolicyEdit = Pick<
  BulletinPolicy,
  'isEnabled' | 'weekday' | 'time' | 'needsAnother' | 'subscribers'
>;

/** Until somebody says otherwise: nothing happens by itself. */
const FIRST: PolicyInForce = {
  version: 0,
  isEnabled: false,
  weekday: 1,
  time: '08:30',
  needsAnother: false,
  subscribers: [],
  recordedAt: null,
  recordedBy: null,
};

const CURRENT = `
SELECT version, is_enabled AS "isEnabled", weekday, "time", needs_another AS "needsAnother", subscribers,
       recorded_at AS "recordedAt", recorded_by AS "recordedBy"
  FROM bulletin_policies ORDER BY version DESC LIMIT 1`;

/** Any number: who edits at the same time waits, so that each sees the version before his own. */
const EDIT_LOCK = 7_264_041;

/** By what rule the bulletin is prepared, approved and sent. */
@Injectable()
export class BulletinPolicies {
  constructor(
    private readonly reader: Reader,
    private readonly transactions: Transactions,
    private readonly trail: SecurityTrail,
    private readonly clock: Clock,
  ) {}

  async current(): Promise<PolicyInForce> {
    const [policy] = await this.reader.query<PolicyInForce>(CURRENT);
    return policy ?? FIRST;
  }

  async currentIn(tx: Transaction): Promise<PolicyInForce> {
    const [policy] = await tx.query<PolicyInForce>(CURRENT);
    return policy ?? FIRST;
  }

  /** @throws Refusal 409 BULLETIN_POLICY_STALE, 400 SUBSCRIBER_UNKNOWN */
  async change(accountId: string, basedOnVersion: number, edit: PolicyEdit): Promise<void> {
    const { isEnabled, weekday, time, needsAnother } = edit;
    const subscribers = edit.subscribers.map(({ officialId, formats }) => ({ officialId, formats }));
    await this.transactions.run(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [EDIT_LOCK]);
      const { version: inForce } = await this.currentIn(tx);
      if (inForce !== basedOnVersion)
        throw new Refusal(409, 'BULLETIN_POLICY_STALE', { basedOnVersion, versionInForce: inForce });
      await requireOfficials(tx, subscribers);
      const version = inForce + 1;
      await tx.query(
        `INSERT INTO bulletin_policies (version, is_enabled, weekday, "time", needs_another, subscribers, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)`,
        [
          version,
          isEnabled,
          weekday,
          time,
          needsAnother,
          JSON.stringify(subscribers),
          this.clock.now(),
          accountId,
        ],
      );
      await this.trail.record(tx, {
        type: 'bulletin_policy_changed',
        actor: byAccount(accountId),
        payload: { version, isEnabled, weekday, time, needsAnother, subscribers },
      });
    });
  }
}

async function requireOfficials(
  tx: Transaction,
  subscribers: ReadonlyArray<{ officialId: string }>,
): Promise<void> {
  const rows = await tx.query<{ id: string }>('SELECT id FROM officials WHERE id = ANY($1::uuid[])', [
    subscribers.map(({ officialId }) => officialId),
  ]);
  const known = new Set(rows.map(({ id }) => id));
  const faults = subscribers.flatMap(({ officialId }, place) =>
    known.has(officialId)
      ? []
      : [{ pointer: `/subscribers/${place}/officialId`, code: 'SUBSCRIBER_UNKNOWN', params: {} }],
  );
  if (faults.length > 0) throw new Refusal(400, 'SUBSCRIBER_UNKNOWN', {}, faults);
}
