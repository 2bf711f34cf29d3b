import type { DepartmentLevel } from '../../organization/department.entity.js';
import { nameKey } from '../ledger/cells/text.js';
import { isTellable } from './ledger-text.js';

/** A person of the directory; contacts are `null` unless they may be told. */
export interface LedgerOfficial {
  department: string;
  level: DepartmentLevel;
  unit: string | null;
  isTaskForce: boolean;
  name: string;
  post: string;
  isActive: boolean;
  mobile: string | null;
  email: string | null;
}

/** Who must stand in 通讯录 so that every other row names somebody who does. */
export class LedgerDirectory {
  private readonly departments = new Set<string>();
  private readonly people = new Set<string>();
  private readonly staffed: ReadonlySet<string>;

  constructor(private readonly officials: readonly LedgerOfficial[]) {
    this.staffed = new Set(officials.map(({ department }) => nameKey(department)));
  }

  /** A department can be told by its people alone. */
  canName(department: string): boolean {
    return this.staffed.has(nameKey(department));
  }

  needDepartment(department: string): void {
    this.departments.add(nameKey(department));
  }

  needOfficial(department: string, name: string): void {
    this.needDepartment(department);
    this.people.add(personKey(department, name));
  }

  /** @param isWhole all who are active and handle cases, also of departments that no row names */
  told(isWhole: boolean): LedgerOfficial[] {
    const seen = new Set<string>();
    return this.officials.filter((official) => {
      const key = personKey(official.department, official.name);
      const isNamed = this.people.has(key);
      const isAbout =
        this.departments.has(nameKey(official.department)) || (isWhole && !official.isTaskForce);
      if (seen.has(key) || !isTellable(official.name) || !isTellable(official.department)) return false;
      if (!isNamed && !(official.isActive && isAbout)) return false;
      seen.add(key);
      return true;
    });
  }
}

const personKey = (department: string, name: string): string => `${nameKey(department)}\n${nameKey(name)}`;
