import type { Caller } from '../../access/actor.js';
import type { ActorKind } from '../../cases/case-events.js';

/** Who said it: an account, the key of a portal, or a ledger that was taken in. */
export interface Reporter {
  kind: ActorKind;
  id: string | null;
}

export const reporterOf = (caller: Caller): Reporter =>
  caller.kind === 'account'
    ? { kind: 'account', id: caller.accountId }
    : { kind: 'api_key', id: caller.keyId };

/** The name of a reporter, for views: what a row says of one stands in two columns of the table under `alias`. */
export const reporterJoins = (kind: string, id: string): string =>
  `LEFT JOIN accounts ra ON ${kind} = 'account' AND ra.id = ${id}
   LEFT JOIN officials ro ON ro.id = ra.official_id
   LEFT JOIN api_keys rk ON ${kind} = 'api_key' AND rk.id = ${id}`;

export const reporterSelect = (kind: string, id: string): string =>
  `CASE WHEN ${kind} IS NOT NULL THEN json_build_object('kind', ${kind}, 'id', ${id},
     'name', coalesce(ro.name, ra.username, rk.name)) END`;
