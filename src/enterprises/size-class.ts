export const SIZE_CLASSES = ['large', 'medium', 'small', 'micro'] as const;
export type SizeClass = (typeof SIZE_CLASSES)[number];

/** Both must be reached. Industry, in 统计上大中小微型企业划分办法（2017）. */
const THRESHOLDS: ReadonlyArray<{ sizeClass: SizeClass; employees: number; revenueWan: number }> = [
  { sizeClass: 'large', employees: 1000, revenueWan: 40_000 },
  { sizeClass: 'medium', employees: 300, revenueWan: 2_000 },
  { sizeClass: 'small', employees: 20, revenueWan: 300 },
];

/** Size class of an industrial enterprise. @param revenueWan yearly operating revenue in 万元 (10,000 CNY). */
export function sizeClassOf(employees: number, revenueWan: number): SizeClass {
  const reached = THRESHOLDS.find((least) => employees >= least.employees && revenueWan >= least.revenueWan);
  return reached?.sizeClass ?? 'micro';
}
