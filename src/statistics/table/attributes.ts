import type { DistressType } from '../../cases/lifecycle/states.js';
import type { SizeClass } from '../../enterprises/enterprise.entity.js';
import type { DepartmentLevel } from '../../organization/department.entity.js';
import type { Revision } from './timeline.js';

export interface UnitAttributes {
  id: string;
  code: string;
  name: string;
}

export interface OfficialAttributes {
  id: string;
  name: string;
  departmentId: string;
}

export interface DepartmentNaming {
  code: string | null;
  name: string;
  level: DepartmentLevel;
}

export interface DepartmentAttributes {
  id: string;
  /** The task-force office leads nothing. */
  isTaskForce: boolean;
  /** Only leaders sit there, as in 市政府: it leads nothing either. */
  isLeadersOffice: boolean;
  /** As the register has it now; for a department of which no dated state is known. */
  current: DepartmentNaming;
  revisions: Array<DepartmentNaming & Revision>;
}

/** Of an enterprise or a project; of a project neither industry nor size is kept. */
export interface OwnerRevisionAttributes extends Revision {
  reportingUnitId: string;
  industryCode: string | null;
  sizeClass: SizeClass | null;
}

/** Of a case, and of its problems with it. */
export interface DistressRevision extends Revision {
  distressType: DistressType;
}

/** What rows are listed and named by, as known at a moment. */
export interface Attributes {
  units: readonly UnitAttributes[];
  departments: readonly DepartmentAttributes[];
  officials: readonly OfficialAttributes[];
}

/** What subjects are grouped by, dated both ways where it can change. */
export interface DatedAttributes {
  departments: ReadonlyMap<string, DepartmentAttributes>;
  /** Enterprise or project → its revisions. */
  owners: ReadonlyMap<string, readonly OwnerRevisionAttributes[]>;
}
