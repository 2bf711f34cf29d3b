import type { ContainerLimits } from '../../platform/ooxml/container.js';

/** Bounds of what is read from one file; what goes past one is refused whole. */
export interface WorkbookLimits extends ContainerLimits {
  /** Filled rows of all sheets read together. Blank rows that only carry a format do not count. */
  maxRows: number;
  maxColumns: number;
  /** Characters of one cell. */
  maxCellCharacters: number;
  /** Characters of all shared strings together: they are the one part that is held in memory whole. */
  maxSharedCharacters: number;
}

export const WORKBOOK_LIMITS: WorkbookLimits = {
  maxFileBytes: 50 * 1024 * 1024,
  maxUnpackedBytes: 512 * 1024 * 1024,
  maxParts: 2_000,
  maxRows: 200_000,
  maxColumns: 1_000,
  maxCellCharacters: 2_000,
  maxSharedCharacters: 40_000_000,
};
