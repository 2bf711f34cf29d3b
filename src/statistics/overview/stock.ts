import type { Light } from '../../cases/deadlines/light.js';
import type { SizeClass } from '../../enterprises/size-class.js';

/**
 * - `waiting`: reported, and never yet assigned;
 * - `live`: on the books, as the weekly table has it;
 * - `resolved`, `gone`: left the books by closure, or without.
 */
export type StandingOfStock = 'waiting' | 'live' | 'resolved' | 'gone';

/** Cases that are alike in everything that the front page counts by, and how many they are. */
export interface StockRow {
  standing: StandingOfStock;
  sizeClass: SizeClass | null;
  /** What follows is told of live ones alone. */
  departmentId: string | null;
  /** The day of the report, or of the last reopening. */
  openedOn: string | null;
  light: Light | null;
  isOverdue: boolean;
  count: number;
}
