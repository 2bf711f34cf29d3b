import type {
  DatedAttributes,
  DepartmentAttributes,
  DistressRevision,
  OwnerRevisionAttributes,
} from './attributes.js';
import { type By, BYS } from './groupings.js';
import type { SubjectEvent, SubjectHistory } from './history.js';
import type { Holder } from './standing.js';
import { Timeline } from './timeline.js';

/** Everything that a case or problem is grouped by, as it was at one moment. `null`: the group of what is not stated. */
export type Dimensions = Record<By, string | null> & {
  reportingUnit: string;
  /** `null` is 县区牵头: led by a county, or a town of it. */
  leadDepartment: string | null;
  /** That of the last assignment, of whatever level. */
  department: string | null;
};

/** The group `null` stands for in each way of cutting. */
export const NO_GROUP = '';
export const groupOf = (dimensions: Dimensions, by: By): string => dimensions[by] ?? NO_GROUP;

/** One bit for each way of cutting in which the two differ. */
export function movedBetween(one: Dimensions, other: Dimensions): number {
  let moved = 0;
  BYS.forEach((by, place) => {
    if (one[by] !== other[by]) moved |= 1 << place;
  });
  return moved;
}

export const isSame = (one: Dimensions, other: Dimensions): boolean =>
  one.department === other.department && movedBetween(one, other) === 0;

/** The enterprise or project that it was reported of; empty before the report. */
export function ownerOf({ events }: Pick<SubjectHistory, 'events'>): string {
  const report = events.find((event) => event.type === 'reported');
  return report?.payload.enterpriseId ?? report?.payload.projectId ?? '';
}

/** One subject's dimensions as known at a moment. */
export class SubjectDimensions {
  private readonly owner: Timeline<OwnerRevisionAttributes> | undefined;
  private readonly distress: Timeline<DistressRevision>;
  private readonly departments = new Map<string, (at: number) => boolean>();
  /** Moments at which something that it is grouped by changed. */
  readonly changes: number[] = [];

  /** @param through what was recorded then or before is known */
  constructor(
    history: SubjectHistory,
    distress: readonly DistressRevision[],
    attributes: DatedAttributes,
    through: number,
  ) {
    const owner = attributes.owners.get(ownerOf(history));
    this.owner = owner && new Timeline(owner, through);
    this.distress = new Timeline(distress, through);
    this.changes.push(...(this.owner?.changes ?? []), ...this.distress.changes);
    for (const id of leadersOf(history)) {
      const department = attributes.departments.get(id);
      if (department === undefined) throw new Error(`led by a department that is not in the register: ${id}`);
      if (!hasChangedLevel(department)) {
        const isMunicipal = department.current.level === 'city';
        this.departments.set(id, () => isMunicipal);
        continue;
      }
      const timeline = new Timeline(department.revisions, through);
      this.changes.push(...timeline.changes);
      this.departments.set(id, (at) => (timeline.at(at) ?? department.current).level === 'city');
    }
  }

  /** From `at` on, changes of attributes at that moment included. */
  at({ reported, departmentId, officialId }: Holder, at: number): Dimensions {
    if (reported === null) throw new Error('an event before the report');
    const owner = this.owner?.at(at);
    const isMunicipal = departmentId !== null && this.departments.get(departmentId)?.(at) === true;
    return {
      reportingUnit: owner?.reportingUnitId ?? reported.reportingUnitId,
      leadDepartment: isMunicipal ? departmentId : null,
      distressType: this.distress.at(at)?.distressType ?? null,
      category: reported.category ?? null,
      cause: reported.cause ?? null,
      size: owner?.sizeClass ?? null,
      industry: owner?.industryCode ?? null,
      official: officialId,
      department: departmentId,
    };
  }
}

/** Whether it ever was, or is, of another level than it is said to be of. */
export const hasChangedLevel = (department: DepartmentAttributes | undefined): boolean =>
  department?.revisions.some(({ level }) => level !== department.current.level) === true;

/** Every department that ever led it. */
export const leadersOf = ({ events }: Pick<SubjectHistory, 'events'>): Set<string> =>
  new Set(events.flatMap((event) => (makesAssignment(event) ? [event.payload.departmentId] : [])));

type Assigning = Extract<SubjectEvent, { type: 'assigned' | 'claimed' | 'reassigned' | 'reopened' }>;
const makesAssignment = (event: SubjectEvent): event is Assigning =>
  event.type === 'assigned' ||
  event.type === 'claimed' ||
  event.type === 'reassigned' ||
  event.type === 'reopened';

/** What the case said of its distress: as reported, and as corrected. */
export function distressOf({ events }: Pick<SubjectHistory, 'events'>): DistressRevision[] {
  return events.flatMap(({ type, payload, effectiveAt, recordedAt }) =>
    (type === 'reported' || type === 'corrected') && payload.distressType !== undefined
      ? [{ effectiveAt, recordedAt, distressType: payload.distressType }]
      : [],
  );
}
