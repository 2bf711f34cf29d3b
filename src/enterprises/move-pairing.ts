import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../platform/database/transactions.js';

/**
 * Another official is paired in this one's place from today on; yesterday was the last day of the old pairing. One that
 * began today is simply the other's; where the other has this very duty at this tier already, nothing is added.
 */
export async function moveToOfficial(
  tx: Transaction,
  pairingId: string,
  officialId: string,
  today: string,
): Promise<void> {
  const replaced = await tx.query(
    `UPDATE pairings p SET official_id = $2
      WHERE id = $1 AND from_on >= $3
        AND NOT EXISTS (SELECT 1 FROM pairings q
                         WHERE (q.enterprise_id = p.enterprise_id OR q.project_id = p.project_id)
                           AND q.official_id = $2 AND q.duty = p.duty AND q.tier = p.tier AND q.to_on IS NULL)
      RETURNING id`,
    [pairingId, officialId, today],
  );
  if (replaced.length > 0) return;
  await tx.query(
    `WITH ended AS (
       UPDATE pairings SET to_on = $4::date - 1 WHERE id = $1 RETURNING enterprise_id, project_id, tier, duty
     )
     INSERT INTO pairings (id, enterprise_id, project_id, official_id, tier, duty, from_on)
     SELECT $2, enterprise_id, project_id, $3, tier, duty, $4 FROM ended
         ON CONFLICT DO NOTHING`,
    [pairingId, uuidv7(), officialId, today],
  );
}
