/** What a table can be asked by. The place of each is its bit in `tally_lines.moved`: append, never reorder. */
export const BYS = [
  'reportingUnit',
  'leadDepartment',
  'distressType',
  'category',
  'cause',
  'size',
  'industry',
  'official',
] as const;
export type By = (typeof BYS)[number];

/** Cases have no category and no cause: what they suffer from is said by their problems. */
export const OF_PROBLEMS_ALONE: ReadonlySet<By> = new Set(['category', 'cause']);
