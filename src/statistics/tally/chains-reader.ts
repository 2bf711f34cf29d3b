import type { EntityManager } from 'typeorm';
import type { OfficeTime } from '../../calendar/office-time.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { grouped } from '../../platform/grouped.js';
import type { DepartmentAttributes, OwnerRevisionAttributes } from '../table/attributes.js';
import { distressOf, ownerOf } from '../table/dimensions.js';
import {
  COUNTED_EVENTS,
  type RatingGiven,
  type SubjectEvent,
  type SubjectHistory,
} from '../table/history.js';
import { readDepartments } from './departments-reader.js';
import { KnownCalendars, type LoadedDay } from './known-calendars.js';
import { knownLines, type Register } from './known-lines.js';
import type { StoredLine } from './line-store.js';
import { milliseconds } from './milliseconds.js';

/** What changes seldom and is needed for every chain, as recorded before a moment. */
export interface Common {
  departments: ReadonlyMap<string, DepartmentAttributes>;
  calendars: KnownCalendars;
  office: OfficeTime;
}

export async function readCommon(manager: EntityManager, before: Date, office: OfficeTime): Promise<Common> {
  const departments = await readDepartments(manager, before);
  const days: LoadedDay[] = await manager.query(
    `SELECT day::text AS day, is_working AS "isWorking", ${milliseconds('recorded_at')} AS "recordedAt"
       FROM calendar_days WHERE recorded_at < $1`,
    [before],
  );
  return {
    departments: new Map(departments.map((department) => [department.id, department])),
    calendars: new KnownCalendars(days),
    office,
  };
}

export const BEFORE_ALL_CHAINS = '00000000-0000-0000-0000-000000000000';

/** So many chains, in the order of their ids. */
export async function chainsAfter(manager: EntityManager, through: string, most: number): Promise<string[]> {
  const rows: Array<{ id: string }> = await manager.query(
    'SELECT chain_id AS id FROM case_events WHERE chain_id > $1 AND sequence = 1 ORDER BY chain_id LIMIT $2',
    [through, most],
  );
  return rows.map(({ id }) => id);
}

interface ChainEvent {
  chainId: string;
  subjectId: string;
  subjectKind: SubjectKind;
}

/** The lines of chains, from everything that was recorded of them before a moment. */
export async function linesOfChains(
  manager: EntityManager,
  chains: readonly string[],
  before: Date,
  common: Common,
): Promise<StoredLine[]> {
  const events: Array<SubjectEvent & ChainEvent> = await manager.query(
    `SELECT id, chain_id AS "chainId", subject_id AS "subjectId", subject_kind AS "subjectKind", type,
            ${milliseconds('effective_at')} AS "effectiveAt", ${milliseconds('recorded_at')} AS "recordedAt",
            sequence, payload
       FROM case_events
      WHERE chain_id = ANY ($1::uuid[]) AND recorded_at < $2 AND type = ANY ($3::text[])
      ORDER BY chain_id, sequence`,
    [chains, before, COUNTED_EVENTS],
  );
  const bySubject = [...grouped(events, ({ subjectId }) => subjectId)];
  const ratings = await readRatings(
    manager,
    bySubject.map(([id]) => id),
    before,
  );
  const histories = bySubject.map(([subjectId, own]) => ({
    subjectId,
    events: own,
    ratings: ratings.get(subjectId) ?? [],
  }));
  const owners = await readOwners(
    manager,
    [...new Set(histories.map(ownerOf))].filter((id) => id !== ''),
    before,
  );
  const register: Register = { ...common, owners };
  const cases = new Map(histories.map((history) => [history.subjectId, history]));
  return histories.flatMap((history) => {
    const [first] = history.events;
    if (first === undefined) return [];
    const { chainId, subjectId, subjectKind } = first;
    const ofCase = subjectKind === 'problem' ? cases.get(caseOf(history)) : history;
    const distress = ofCase === undefined ? [] : distressOf(ofCase);
    return knownLines({ history, distress }, register).map((line) => ({
      chainId,
      subjectId,
      subjectKind,
      line,
    }));
  });
}

/** Empty for a problem that has none. */
const caseOf = ({ events }: SubjectHistory): string =>
  events.find((event) => event.type === 'reported')?.payload.caseId ?? '';

async function readRatings(
  manager: EntityManager,
  subjects: readonly string[],
  before: Date,
): Promise<Map<string, RatingGiven[]>> {
  const rows: Array<RatingGiven & { subjectId: string }> = await manager.query(
    `SELECT id, coalesce(case_id, problem_id) AS "subjectId", rating,
            ${milliseconds('effective_at')} AS "effectiveAt", ${milliseconds('recorded_at')} AS "recordedAt"
       FROM ratings WHERE (case_id = ANY ($1::uuid[]) OR problem_id = ANY ($1::uuid[])) AND recorded_at < $2
      ORDER BY effective_at, recorded_at, id`,
    [subjects, before],
  );
  return grouped(rows, ({ subjectId }) => subjectId);
}

async function readOwners(
  manager: EntityManager,
  owners: readonly string[],
  before: Date,
): Promise<Map<string, OwnerRevisionAttributes[]>> {
  const dates = `${milliseconds('effective_at')} AS "effectiveAt", ${milliseconds('recorded_at')} AS "recordedAt"`;
  const rows: Array<OwnerRevisionAttributes & { ownerId: string }> = await manager.query(
    `SELECT * FROM (
       SELECT enterprise_id AS "ownerId", reporting_unit_id AS "reportingUnitId", industry_code AS "industryCode",
              size_class AS "sizeClass", ${dates}, id
         FROM enterprise_revisions WHERE enterprise_id = ANY ($1::uuid[]) AND recorded_at < $2
       UNION ALL
       SELECT project_id, reporting_unit_id, NULL, NULL, ${dates}, id
         FROM project_revisions WHERE project_id = ANY ($1::uuid[]) AND recorded_at < $2
     ) AS revisions ORDER BY "ownerId", "effectiveAt", "recordedAt", id`,
    [owners, before],
  );
  return grouped(rows, ({ ownerId }) => ownerId);
}
