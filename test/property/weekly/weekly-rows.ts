import { v7 as uuidv7 } from 'uuid';
import { creditCodeOf } from '../../factories/credit-code.js';
import { grouped } from './plain-ledger.js';
import type { Owner, Story, Told } from './weekly-story.js';

type Row = Record<string, unknown>;
/** Rows by table, in the order in which they can be written. */
export type Rows = ReadonlyArray<readonly [table: string, rows: readonly Row[], key?: string]>;

const ALWAYS = new Date('1900-01-01T00:00:00Z');
const SIZES = ['large', 'medium', 'small', 'micro', null];
const INDUSTRIES = ['13', '17', '30', null];
const STATUS: Readonly<Record<string, string>> = {
  assigned: 'assigned',
  reassigned: 'assigned',
  reopened: 'assigned',
  claimed: 'in_progress',
  acknowledged: 'in_progress',
  resumed: 'in_progress',
  sent_back: 'in_progress',
  closure_requested: 'verifying',
  held: 'on_hold',
  returned: 'reported',
  resolved: 'resolved',
  terminated: 'terminated',
  rejected: 'rejected',
};
const MAKES_ANSWERABLE: ReadonlySet<string> = new Set(['assigned', 'claimed', 'reassigned', 'reopened']);
const ENDS: ReadonlySet<string> = new Set(['returned', 'reassigned', 'resolved', 'terminated', 'rejected']);

/** What is learnt from one moment on and before another; cases and problems as they stand then. */
export function rowsOf(story: Story, units: readonly string[], from: number, until: number): Rows {
  const isNew = ({ known }: { known: number }): boolean => known >= from && known < until;
  const events = story.events.filter(isNew);
  const touched = new Set(events.map(({ subject }) => subject));
  const owners = from === 0 ? story.owners : [];
  const bySubject = grouped(
    story.events.filter(({ subject, known }) => touched.has(subject) && known < until),
    ({ subject }) => subject,
  );
  const unitOf = new Map(story.owners.map((owner) => [owner.id, units[unitAt(owner, until)]]));
  const subjects = [...bySubject.values()].map((told) => subjectOf(told, unitOf));
  const of = (kind: Owner['kind']): readonly Owner[] => owners.filter((owner) => owner.kind === kind);
  return [
    ['enterprises', of('enterprise').map((owner) => enterprise(owner, units))],
    ['projects', of('project').map((owner) => project(owner, units))],
    ['enterprise_revisions', revisions('enterprise', story, units, isNew, from)],
    ['project_revisions', revisions('project', story, units, isNew, from)],
    ['cases', subjects.filter(({ kind }) => kind === 'case').map(({ row }) => row), 'id'],
    ['problems', subjects.filter(({ kind }) => kind === 'problem').map(({ row }) => row), 'id'],
    ['assignments', [...bySubject.values()].flatMap(assignmentsOf), 'id'],
    ['case_events', events.map(eventRow)],
    ['ratings', events.filter(({ type }) => type === 'rated').map(ratingRow)],
  ];
}

const enterprise = ({ id, number, unit }: Owner, units: readonly string[]): Row => ({
  id,
  name: `安康第${number}公司`,
  credit_code: creditCodeOf(number),
  reporting_unit_id: units[unit],
  is_above_scale: true,
  is_key: false,
  version: 1,
});

const project = ({ id, number, unit }: Owner, units: readonly string[]): Row => ({
  id,
  number: `XM-${number}`,
  name: `第${number}项目`,
  reporting_unit_id: units[unit],
  is_active: true,
  version: 1,
});

function revisions(
  kind: Owner['kind'],
  story: Story,
  units: readonly string[],
  isNew: (revision: { known: number }) => boolean,
  from: number,
): Row[] {
  const row = (owner: Owner, over: Row): Row => ({
    id: uuidv7(),
    [`${kind}_id`]: owner.id,
    name: `第${owner.number}`,
    ...over,
  });
  return story.owners
    .filter((owner) => owner.kind === kind)
    .flatMap((owner) => [
      ...(from === 0
        ? [
            row(owner, {
              ...dated(ALWAYS, ALWAYS),
              ...said(kind, owner.unit, owner.number, owner.number, units),
            }),
          ]
        : []),
      ...owner.revisions.filter(isNew).map(({ id, at, known, unit, size, industry }) =>
        row(owner, {
          id,
          ...dated(new Date(at), new Date(known)),
          ...said(kind, unit, size, industry, units),
        }),
      ),
    ]);
}

const said = (
  kind: Owner['kind'],
  unit: number,
  size: number,
  industry: number,
  units: readonly string[],
): Row => ({
  reporting_unit_id: units[unit % units.length],
  ...(kind === 'enterprise' && {
    size_class: SIZES[size % SIZES.length],
    industry_code: INDUSTRIES[industry % INDUSTRIES.length],
  }),
});

const about = (kind: 'case' | 'problem', subject: string): Row => ({
  case_id: kind === 'case' ? subject : null,
  problem_id: kind === 'problem' ? subject : null,
});

const dated = (at: Date, known: Date): Row => ({ effective_at: at, recorded_at: known });

/** Where it lies now, for who may see it. */
function unitAt(owner: Owner, until: number): number {
  const known = owner.revisions.filter((one) => one.known < until);
  const last = known.reduce<Owner['revisions'][number] | null>(
    (best, one) => (best === null || one.at >= best.at ? one : best),
    null,
  );
  return last?.unit ?? owner.unit;
}

function subjectOf(
  told: readonly Told[],
  unitOf: ReadonlyMap<string, string | undefined>,
): { kind: string; row: Row } {
  const [report] = told;
  if (report === undefined) throw new Error('nothing is told of it');
  const { facts, subject, kind } = report;
  const last = told.findLast(({ type }) => MAKES_ANSWERABLE.has(type))?.facts ?? {};
  const handed = told.findLast(
    ({ type, facts: { coHandlerId } }) => type === 'handed_over' && coHandlerId === null,
  );
  const status = told.map(({ type }) => STATUS[type]).findLast((one) => one !== undefined) ?? 'reported';
  const owner = String(facts['enterpriseId'] ?? facts['projectId']);
  const both: Row = {
    id: subject,
    number: facts['number'],
    status,
    reporting_unit_id: unitOf.get(owner),
    assignment_id: last['assignmentId'] ?? null,
    lead_department_id: last['departmentId'] ?? null,
    official_id:
      handed?.facts['assignmentId'] === last['assignmentId'] && handed !== undefined
        ? handed.facts['toOfficialId']
        : (last['officialId'] ?? null),
    reported_at: new Date(report.at),
    last_event_at: new Date(told.at(-1)?.at ?? report.at),
    is_late_when_stopped: false,
    reopen_count: 0,
    return_count: 0,
    last_sequence: told.length,
    version: told.length,
    enterprise_id: facts['enterpriseId'] ?? null,
  };
  const corrected = told.findLast(({ facts: { distressType } }) => distressType !== undefined)?.facts;
  if (kind === 'case')
    return {
      kind,
      row: { ...both, distress_type: corrected?.['distressType'], problems_total: 0, problems_open: 0 },
    };
  const { category, cause, caseId, projectId } = facts;
  const own = { category, cause, case_id: caseId ?? null, project_id: projectId ?? null };
  return { kind, row: { ...both, ...own, title: '问题', description: '', is_held_with_case: false } };
}

function assignmentsOf(told: readonly Told[]): Row[] {
  return told.flatMap(({ type, subject, kind, facts, at }, place) => {
    if (!MAKES_ANSWERABLE.has(type)) return [];
    const end = told.slice(place + 1).find((one) => ENDS.has(one.type));
    return [
      {
        id: facts['assignmentId'],
        ...about(kind, subject),
        department_id: facts['departmentId'],
        official_id: facts['officialId'],
        assigned_at: new Date(at),
        day_zero_on: facts['dayZeroOn'],
        acknowledge_by: facts['acknowledgeBy'],
        due_at: facts['dueAt'],
        deadline_version: 1,
        is_provisional: false,
        is_final: false,
        ended_at: end === undefined ? null : new Date(end.at),
        end_reason: end === undefined ? null : 'superseded',
      },
    ];
  });
}

const eventRow = ({ id, chain, sequence, subject, kind, type, at, known, facts }: Told): Row => ({
  id,
  chain_id: chain,
  sequence,
  subject_id: subject,
  subject_kind: kind,
  type,
  ...dated(new Date(at), new Date(known)),
  actor_kind: 'system',
  payload: facts,
  algorithm: 'sha256',
  hash: '\\x00',
});

const ratingRow = ({ id, subject, kind, at, known, facts }: Told): Row => ({
  id,
  ...about(kind, subject),
  rating: facts['rating'],
  source: 'call_back',
  ...dated(new Date(at), new Date(known)),
});
