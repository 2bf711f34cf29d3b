import { Injectable } from '@nestjs/common';
import type { Channel } from '../notifications/channel.js';
import { Reader } from '../platform/database/reader.js';
import type { Ladder, RecipientRole } from './ladder.js';
import { ladderParameters } from './ladder-parameters.js';
import { recipientLookup } from './recipient-lookup.js';

/** A rung of a clock, asked for whom it would remind. */
export interface AskedRung {
  id: number;
  /** The rung that goes; its own where it goes itself. */
  highestId: number;
  rung: string;
  policyVersion: number;
  clockRunId: string;
  caseId: string | null;
  problemId: string | null;
  assignmentId: string | null;
}

/** A person by one channel. Names, and no addresses. */
export interface Reminded {
  officialId: string;
  name: string;
  channel: Channel;
  hasAddress: boolean;
}

export interface Recipients {
  people: Reminded[];
  /** Duties that nobody holds, for which the task force is reminded. */
  emptyDuties: RecipientRole[];
}

export const HAS_ADDRESS = `CASE p.channel WHEN 'email' THEN o.email IS NOT NULL ELSE o.is_mobile END`;

/** `$1` today · `$2…$7` duties and channels as in the sweep · `$8…` the rungs asked for. */
const FIND_RECIPIENTS = `
WITH duties AS MATERIALIZED (
  SELECT * FROM unnest($2::int[], $3::text[], $4::text[]) AS d(policy_version, rung, role)
), ways AS MATERIALIZED (
  SELECT * FROM unnest($5::int[], $6::text[], $7::text[]) AS w(policy_version, rung, channel)
), ranked AS MATERIALIZED (
  SELECT * FROM unnest($8::int[], $9::int[], $10::text[], $11::int[], $12::uuid[], $13::uuid[], $14::uuid[], $15::uuid[])
    AS r(id, highest_id, rung, policy_version, clock_run_id, case_id, problem_id, assignment_id)
), ${recipientLookup('$1')}
SELECT DISTINCT p.highest_id AS id, o.id AS "officialId", o.name, p.channel, ${HAS_ADDRESS} AS "hasAddress",
       NULL AS role
  FROM pairs p JOIN officials o ON o.id = p.official_id
 UNION ALL
SELECT DISTINCT highest_id, NULL::uuid, NULL, NULL, NULL::boolean, role FROM vacant WHERE role <> 'verifier'
 ORDER BY id, name, "officialId", channel, role`;

type Row = { id: number } & (
  ({ role: null } & Reminded) | ({ role: RecipientRole } & Record<keyof Reminded, null>)
);

/** Says whom rungs would remind, by the very lookup of the sweep; writes nothing and locks nothing. */
@Injectable()
export class RecipientFinder {
  constructor(private readonly reader: Reader) {}

  /** @returns by the id of the rung that goes; nothing for one that reminds nobody */
  async find(
    asked: readonly AskedRung[],
    ladders: readonly Ladder[],
    today: string,
  ): Promise<Map<number, Recipients>> {
    const found = new Map<number, Recipients>();
    if (asked.length === 0) return found;
    const column = <Key extends keyof AskedRung>(key: Key): Array<AskedRung[Key]> =>
      asked.map((rung) => rung[key]);
    const rows = await this.reader.query<Row>(FIND_RECIPIENTS, [
      today,
      ...ladderParameters(ladders),
      column('id'),
      column('highestId'),
      column('rung'),
      column('policyVersion'),
      column('clockRunId'),
      column('caseId'),
      column('problemId'),
      column('assignmentId'),
    ]);
    for (const row of rows) {
      const recipients = found.get(row.id) ?? { people: [], emptyDuties: [] };
      found.set(row.id, recipients);
      if (row.role !== null) recipients.emptyDuties.push(row.role);
      else {
        const { officialId, name, channel, hasAddress } = row;
        recipients.people.push({ officialId, name, channel, hasAddress });
      }
    }
    return found;
  }
}
