import type { Attributes } from './attributes.js';
import { byLeadDepartment } from './by-lead-department.js';
import { byReportingUnit } from './by-reporting-unit.js';
import type { Grouping } from './grouping.js';

export const BYS = ['reportingUnit', 'leadDepartment'] as const;
export type By = (typeof BYS)[number];

/** What a table can be asked by; another way of cutting it is one more function here. */
export const GROUPINGS: Record<By, (attributes: Attributes, asOf: number) => Grouping> = {
  reportingUnit: byReportingUnit,
  leadDepartment: byLeadDepartment,
};
