import type { Asker, Snapshot } from './snapshot.js';

/** A kind of asker that a line of the table names. */
export type Party = (subject: Snapshot, asker: Asker) => boolean;

export const taskForce: Party = (_subject, asker) => asker.role === 'task_force';

/** A county office, inside its own territory. */
export const countyInside: Party = (subject, asker) =>
  asker.role === 'county' &&
  asker.reportingUnitId !== null &&
  asker.reportingUnitId === subject.reportingUnitId;

/** Any department, for itself. */
export const anyDepartment: Party = (_subject, asker) =>
  asker.role === 'department' && asker.departmentId !== null;

export const leadDepartment: Party = (subject, asker) =>
  asker.role === 'department' &&
  asker.departmentId !== null &&
  asker.departmentId === subject.leadDepartmentId;

/** A portal that is a machine, inside the reporting units of its key. */
export const portalInside: Party = (subject, asker) =>
  asker.role === 'portal' &&
  (asker.reportingUnitIds === null || asker.reportingUnitIds?.includes(subject.reportingUnitId) === true);

/** The review date of a hold, the clock and the command line. */
export const system: Party = (_subject, asker) => asker.role === 'system';
