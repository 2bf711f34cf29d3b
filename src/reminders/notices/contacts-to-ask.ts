import { AGAIN, isMonthHeard } from '../../notifications/notices/holds.js';
import type { NoticeDraft } from '../../notifications/notices/notices.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { STATUSES, isLive } from '../../cases/lifecycle/states.js';
import type { FiguresRound } from './figures-round.js';

/** A contact that something can be sent to; who has none is a data defect, and is asked as soon as there is one. */
export const HAS_CONTACT = '(e.contact_email IS NOT NULL OR e.contact_is_mobile)';

/**
 * Enterprises of which the month `$1` is asked: with a live case (`$2`), or one that was closed in the months in which
 * it may relapse, `$3` of them where no policy says otherwise.
 */
const ASKED = `
SELECT e.id
  FROM enterprises e
 WHERE ${HAS_CONTACT}
   AND EXISTS (SELECT FROM cases c
                WHERE c.enterprise_id = e.id
                  AND (c.status = ANY($2::text[])
                       OR c.status = 'resolved'
                          AND c.resolved_at >= $1::date - make_interval(months =>
                                coalesce((SELECT (p.parameters ->> 'relapseWatchMonths')::int FROM production_policies p
                                           ORDER BY p.version DESC LIMIT 1), $3))))
   AND NOT ${isMonthHeard('e.id', '$1::date')}`;

/** Whom to ask for the figures of a round, once when it opens and once on its last working day. */
export async function contactsToAsk(
  tx: Transaction,
  { month, isLastCall }: FiguresRound,
  watchMonths: number,
): Promise<NoticeDraft[]> {
  const values = [`${month}-01`, STATUSES.filter(isLive), watchMonths];
  const asked = await tx.query<{ id: string }>(ASKED, values);
  return asked.map(({ id }) => ({
    kind: 'figures_due',
    cause: `${month} ${id}${isLastCall ? AGAIN : ''}`,
    enterpriseId: id,
    facts: { month, isLastCall },
  }));
}
