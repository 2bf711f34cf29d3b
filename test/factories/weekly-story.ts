import { OfficeTime } from '../../src/calendar/office-time.js';
import { announcedDays } from '../../src/calendar/state-council-calendar.js';
import { WorkingCalendar } from '../../src/calendar/working-calendar.js';
import type { CaseEventPayloads, CaseEventType } from '../../src/cases/case-events.js';
import type { Outcome, SubjectKind } from '../../src/cases/lifecycle/states.js';
import type { RatingValue } from '../../src/cases/rating.entity.js';
import type {
  Attributes,
  DepartmentAttributes,
  OwnerRevisionAttributes,
} from '../../src/statistics/table/attributes.js';
import type { RatingGiven, SubjectEvent, SubjectHistory } from '../../src/statistics/table/history.js';
import type { WeeklyColumns } from '../../src/statistics/table/columns.js';
import type { By } from '../../src/statistics/table/groupings.js';
import { distressOf } from '../../src/statistics/table/dimensions.js';
import { weeklyTable, type WeeklyTable } from '../../src/statistics/table/weekly-table.js';
import { parsePeriod, stretchBefore, stretchOf } from '../../src/statistics/period.js';
import { KnownCalendars } from '../../src/statistics/tally/known-calendars.js';
import { knownLines } from '../../src/statistics/tally/known-lines.js';
import { countLines } from './counted-lines.js';

export const office = new OfficeTime('Asia/Shanghai');
export const calendar = WorkingCalendar.of(announcedDays());

/** `2021-11-01`, taken at noon, or `2021-11-01T09:00`, in office time. */
export const instant = (text: string): number =>
  new Date(`${text.includes('T') ? text : `${text}T12:00`}:00+08:00`).getTime();
const iso = (text: string): string => new Date(instant(text)).toISOString();

interface Given {
  department?: string;
  dueAt?: string;
  acknowledgeBy?: string;
  dayZeroOn?: string;
}

type Happening = {
  [Type in CaseEventType]: { type: Type; payload: CaseEventPayloads[Type] };
}[CaseEventType];

/** What happened to one case or problem, told in order. `late` after a date says when the system learnt it. */
export class Story implements SubjectHistory {
  events: SubjectEvent[] = [];
  ratings: RatingGiven[] = [];
  private assignments = 0;
  private department = 'industry';
  private dueAt = '2021-12-31T18:00';

  constructor(
    readonly subjectId: string,
    private readonly enterpriseId = `${subjectId}-enterprise`,
    private readonly unit = 'hanbin',
  ) {}

  /** Any event by its payload. */
  happened(what: Happening, at: string, late = at): this {
    const sequence = this.events.length + 1;
    const id = `${this.subjectId}-${sequence}`;
    this.events.push({ ...what, id, effectiveAt: instant(at), recordedAt: instant(late), sequence });
    return this;
  }

  reported(at: string): this {
    return this.happened(
      {
        type: 'reported',
        payload: {
          number: this.subjectId,
          enterpriseId: this.enterpriseId,
          reportingUnitId: this.unit,
          assignBy: iso(at),
        },
      },
      at,
    );
  }

  assigned(at: string, given: Given = {}, late = at): this {
    return this.happened({ type: 'assigned', payload: this.facts(at, given) }, at, late);
  }

  claimed(at: string, given: Given = {}): this {
    return this.happened({ type: 'claimed', payload: this.facts(at, given) }, at);
  }

  reassigned(at: string, given: Given = {}): this {
    const supersededAssignmentId = this.assignmentId;
    return this.happened(
      {
        type: 'reassigned',
        payload: {
          ...this.facts(at, given),
          supersededAssignmentId,
          reason: '另行交办',
        },
      },
      at,
    );
  }

  acknowledged(at: string): this {
    return this.happened(
      { type: 'acknowledged', payload: { assignmentId: this.assignmentId, note: null } },
      at,
    );
  }

  returned(at: string): this {
    const { assignmentId } = this;
    return this.happened(
      {
        type: 'returned',
        payload: {
          assignmentId,
          ground: 'not_our_remit',
          reason: '',
          assignBy: iso(at),
        },
      },
      at,
    );
  }

  requested(at: string, outcome: Outcome = 'recovered'): this {
    return this.happened(
      {
        type: 'closure_requested',
        payload: {
          assignmentId: this.assignmentId,
          closureRequestId: `${this.subjectId}-request-${at}`,
          outcome,
          evidenceFileIds: [],
          verifyBy: iso(at),
        },
      },
      at,
    );
  }

  /** Approves the last request; without one it is an imported closure. */
  resolved(at: string, outcome: Outcome = 'recovered', late = at): this {
    const request = this.events.findLast((event) => event.type === 'closure_requested');
    return this.happened(
      {
        type: 'resolved',
        payload: {
          assignmentId: this.assignmentId,
          closureRequestId: request === undefined ? null : request.payload.closureRequestId,
          outcome,
          requestedAt: request === undefined ? null : new Date(request.effectiveAt).toISOString(),
        },
      },
      at,
      late,
    );
  }

  sentBack(at: string, dueAt: string): this {
    const { assignmentId } = this;
    return this.happened(
      {
        type: 'sent_back',
        payload: {
          assignmentId,
          dueAt: iso(dueAt),
          deadlineVersion: 2,
          closureRequestId: '',
          reason: '',
        },
      },
      at,
    );
  }

  held(at: string): this {
    const { assignmentId } = this;
    return this.happened(
      {
        type: 'held',
        payload: {
          assignmentId,
          ground: 'litigation',
          reviewOn: at.slice(0, 10),
          reason: null,
        },
      },
      at,
    );
  }

  resumed(at: string, dueAt: string): this {
    const { assignmentId } = this;
    return this.happened(
      {
        type: 'resumed',
        payload: {
          assignmentId,
          dueAt: iso(dueAt),
          deadlineVersion: 2,
          isByReviewDate: false,
          note: null,
        },
      },
      at,
    );
  }

  extended(at: string, dueAt: string, assignmentId = this.assignmentId): this {
    return this.happened(
      {
        type: 'extension_approved',
        payload: {
          assignmentId,
          dueAt: iso(dueAt),
          deadlineVersion: 2,
          extensionId: '',
        },
      },
      at,
    );
  }

  recomputed(at: string, dueAt: string, assignmentId = this.assignmentId): this {
    return this.happened(
      { type: 'deadline_recomputed', payload: { assignmentId, dueAt: iso(dueAt), deadlineVersion: 2 } },
      at,
    );
  }

  reopened(at: string, given: Given = {}): this {
    return this.happened({ type: 'reopened', payload: { ...this.facts(at, given), reason: '反弹' } }, at);
  }

  rejected(at: string): this {
    return this.happened({ type: 'rejected', payload: { reason: '不予受理' } }, at);
  }

  terminated(at: string): this {
    return this.happened({ type: 'terminated', payload: { ground: 'relocated', reason: null } }, at);
  }

  rated(at: string, rating: RatingValue, late = at): this {
    const id = `${this.subjectId}-rating-${this.ratings.length + 1}`;
    this.ratings.push({ id, effectiveAt: instant(at), recordedAt: instant(late), rating });
    return this;
  }

  private get assignmentId(): string {
    return `${this.subjectId}-assignment-${this.assignments}`;
  }

  private facts(at: string, given: Given): CaseEventPayloads['assigned'] {
    this.assignments += 1;
    this.department = given.department ?? this.department;
    this.dueAt = given.dueAt ?? this.dueAt;
    return {
      assignmentId: this.assignmentId,
      departmentId: this.department,
      officialId: `${this.department}-official`,
      dayZeroOn: given.dayZeroOn ?? at.slice(0, 10),
      // Far off unless the story is about signing.
      acknowledgeBy: iso(given.acknowledgeBy ?? '2030-01-01T18:00'),
      dueAt: iso(this.dueAt),
      deadlineVersion: 1,
      complexity: null,
    };
  }
}

const ALWAYS = { effectiveAt: 0, recordedAt: 0 };

const department = (
  id: string,
  name: string,
  level: 'city' | 'county',
  special: Partial<DepartmentAttributes> = {},
): DepartmentAttributes => ({
  id,
  isTaskForce: false,
  isLeadersOffice: false,
  current: { code: null, name, level },
  revisions: [{ ...ALWAYS, code: null, name, level }],
  ...special,
});

/** What rows are listed by, with what subjects are grouped by. */
export interface KnownAttributes extends Attributes {
  owners: ReadonlyMap<string, readonly OwnerRevisionAttributes[]>;
}

/** Two units, two municipal departments, one of a county, the task force and the leaders. */
export const ATTRIBUTES: KnownAttributes = {
  units: [
    { id: 'xunyang', code: '610981', name: '旬阳市' },
    { id: 'hanbin', code: '610902', name: '汉滨区' },
  ],
  departments: [
    department('industry', '市工信局', 'city'),
    department('finance', '市金融办', 'city'),
    department('hanbin-office', '汉滨区经贸局', 'county'),
    department('task-force', '专班办公室', 'city', { isTaskForce: true }),
    department('government', '市政府', 'city', { isLeadersOffice: true }),
  ],
  officials: [],
  owners: new Map(),
};

export interface Asked {
  week?: string;
  subject?: SubjectKind;
  by?: By;
  asOf?: string;
  /** The same as an instant. */
  knownAt?: Date;
  attributes?: KnownAttributes;
}

/** The table of stories; of cases by reporting unit in 2021-W44 (1 to 7 November), known at the end of the year. */
export function tableOf(histories: Iterable<SubjectHistory>, asked: Asked = {}): WeeklyTable {
  const { by = 'reportingUnit', subject = 'case', attributes = ATTRIBUTES } = asked;
  const asOf = asked.knownAt ?? new Date(instant(asked.asOf ?? '2021-12-31'));
  const departments = new Map(attributes.departments.map((one) => [one.id, one]));
  const register = { departments, owners: attributes.owners, calendars: CALENDARS, office };
  const lines = [...histories].flatMap((history) =>
    knownLines({ history, distress: distressOf(history) }, register).map((line) => ({
      ...line,
      subjectId: history.subjectId,
      sequence: history.events.find(({ id }) => id === line.sourceId)?.sequence ?? 0,
    })),
  );
  const period = parsePeriod(asked.week ?? '2021-W44');
  const stretch = stretchOf(period, asOf, office);
  const [counted, before] = [stretch, stretchBefore(period, stretch, office)].map((one) => ({
    counts: countLines(lines, by, one, asOf.getTime(), { calendar, office }),
    lastAt: one.until - 1,
  }));
  if (counted === undefined || before === undefined) throw new Error('two stretches');
  return weeklyTable({ subject, by, attributes: knownAttributes(attributes, asOf) }, counted, before);
}

const CALENDARS = new KnownCalendars(announcedDays().map((day) => ({ ...day, recordedAt: 0 })));

/** As the database gives them. */
const knownAttributes = (attributes: Attributes, asOf: Date): Attributes => ({
  ...attributes,
  departments: attributes.departments.map((one) => ({
    ...one,
    revisions: one.revisions.filter(({ recordedAt }) => recordedAt < asOf.getTime()),
  })),
});

/** Rows by key, those of zeros left out, so that a story says where it shows and nowhere else. */
export function rowsOf(stories: Story[], asked: Asked = {}): Record<string, WeeklyColumns> {
  const rows = tableOf(stories, asked).rows.filter(
    (row) => row.cumulativeAssigned + row.assigned + row.opening > 0,
  );
  return Object.fromEntries(rows.map(({ key, ...columns }) => [key, columns]));
}

/** The row of the unit in which stories happen unless they say otherwise. */
export const hanbinRow = (story: Story, asked: Asked = {}): WeeklyColumns | undefined =>
  rowsOf([story], asked)['610902'];

export const reportedStory = (id = 'c'): Story => new Story(id).reported('2021-10-08');
