import { nameKey } from './cells/text.js';
import type { KnownDepartment, KnownOfficial, KnownUnit } from './ledger-known.js';

export type RegistryDepartment = KnownDepartment;
/** `id` is `null` for one that the ledger's own directory brings. */
export type RegistryOfficial = Omit<KnownOfficial, 'id'> & { id: string | null };

/** The units, departments and officials that rows may name: those known, and those of the ledger's own directory. */
export class Registry {
  private readonly units = new Map<string, string>();
  private readonly departments = new Map<string, RegistryDepartment>();
  private readonly officials = new Map<string, RegistryOfficial>();

  constructor(
    units: readonly KnownUnit[],
    departments: readonly KnownDepartment[],
    officials: readonly KnownOfficial[],
  ) {
    for (const { code, name, aliases, retiredCodes } of units) {
      for (const word of [code, name, ...aliases, ...retiredCodes]) this.units.set(nameKey(word), code);
    }
    for (const department of departments) this.addDepartment(department);
    for (const official of officials) this.addOfficial(official);
  }

  /** Code of a reporting unit by name, alias, or code, retired ones included. */
  unit(text: string): string | undefined {
    return this.units.get(nameKey(text));
  }

  department(name: string): RegistryDepartment | undefined {
    return this.departments.get(nameKey(name));
  }

  official(department: string, name: string): RegistryOfficial | undefined {
    return this.officials.get(`${nameKey(department)}\n${nameKey(name)}`);
  }

  addDepartment(department: RegistryDepartment): void {
    this.departments.set(nameKey(department.name), department);
  }

  addOfficial(official: RegistryOfficial): void {
    this.officials.set(`${nameKey(official.department)}\n${nameKey(official.name)}`, official);
  }
}
