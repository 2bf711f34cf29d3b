import type { DepartmentLevel } from '../../organization/department.entity.js';
import type { Revision } from './timeline.js';

export interface UnitAttributes {
  id: string;
  code: string;
  name: string;
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

/** Of an enterprise or a project. */
export interface OwnerRevisionAttributes extends Revision {
  reportingUnitId: string;
}

/** What tables group by, dated both ways where it can change. */
export interface Attributes {
  units: readonly UnitAttributes[];
  departments: readonly DepartmentAttributes[];
  /** Enterprise or project → its revisions; needed for tables by reporting unit alone. */
  owners: ReadonlyMap<string, readonly OwnerRevisionAttributes[]>;
}
