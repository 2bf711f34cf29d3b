import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Department } from '../organization/department.entity.js';
import { DepartmentRevision } from '../organization/department-revision.entity.js';
import { Official } from '../organization/official.entity.js';
import { ReportingUnit } from '../organization/reporting-unit.entity.js';
import { SINCE_ALWAYS } from '../platform/clock/since-always.js';
import { Clock } from '../platform/clock/clock.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { Account } from './account.entity.js';
import { AccountsService } from './accounts.service.js';
import { type Role, ROLES } from './role.js';
import type { Binding } from './role-binding.js';

export interface ExampleAccount {
  role: Role;
  username: string;
  password: string;
}

/** Stands in for a department and a leader that an empty product does not have yet. */
const EXAMPLE_DEPARTMENT = '示例单位';
const EXAMPLE_LEADER = '示例领导';
const EXAMPLE_COUNTY = '610902';

/** One account a role with a random password, so that a newcomer can try each. Embedded mode only. */
@Injectable()
export class ExampleAccounts {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountsService,
    private readonly clock: Clock,
  ) {}

  /**
   * @param known accounts of an earlier start with their passwords; those stay as they are. Every other example account
   * is made, or given a new password where it exists.
   */
  async createMissing(known: readonly ExampleAccount[] = []): Promise<ExampleAccount[]> {
    return this.transactions.run(async (tx) => {
      const all: ExampleAccount[] = [];
      for (const role of ROLES) {
        const kept = known.find((account) => account.role === role);
        all.push(kept ?? (await this.createOrRenew(tx, role)));
      }
      return all;
    });
  }

  private async createOrRenew(tx: Transaction, role: Role): Promise<ExampleAccount> {
    const username = `example-${role.replaceAll('_', '-')}`;
    const existing = await tx.manager.findOneBy(Account, { username });
    if (existing !== null) {
      return { role, username, password: await this.accounts.resetPassword(tx, existing.id, false) };
    }
    const binding = await this.bindingFor(tx, role);
    const { password } = await this.accounts.create(tx, { username, role, ...binding }, false);
    return { role, username, password };
  }

  private async bindingFor(tx: Transaction, role: Role): Promise<Partial<Binding>> {
    switch (role) {
      case 'department':
        return { departmentId: await this.municipalDepartment(tx) };
      case 'county': {
        const unit = await tx.manager.findOneByOrFail(ReportingUnit, { code: EXAMPLE_COUNTY });
        return { reportingUnitId: unit.id };
      }
      case 'leader':
        return { officialId: await this.leader(tx) };
      default:
        return {};
    }
  }

  /** The municipal department that leads most, so that there is something to see. */
  private async municipalDepartment(tx: Transaction): Promise<string> {
    const [busiest] = await tx.query<{ id: string }>(
      `SELECT d.id FROM departments d LEFT JOIN cases c ON c.lead_department_id = d.id
        WHERE d.level = 'city' AND NOT d.is_task_force AND d.is_active
        GROUP BY d.id, d.name ORDER BY count(c.id) DESC, d.name LIMIT 1`,
    );
    return busiest?.id ?? (await this.exampleDepartment(tx)).id;
  }

  private async leader(tx: Transaction): Promise<string> {
    const [paired] = await tx.query<{ id: string }>(
      `SELECT o.id FROM officials o LEFT JOIN pairings p ON p.official_id = o.id AND p.to_on IS NULL
        WHERE o.duty = 'leader' AND o.is_active
        GROUP BY o.id, o.name ORDER BY count(p.id) DESC, o.name LIMIT 1`,
    );
    if (paired !== undefined) return paired.id;
    const { id: departmentId } = await this.exampleDepartment(tx);
    const id = uuidv7();
    await tx.manager.insert(Official, {
      id,
      departmentId,
      name: EXAMPLE_LEADER,
      post: '示例',
      duty: 'leader',
    });
    return id;
  }

  private async exampleDepartment(tx: Transaction): Promise<Department> {
    const existing = await tx.manager.findOneBy(Department, { name: EXAMPLE_DEPARTMENT });
    if (existing !== null) return existing;
    const known = { code: null, name: EXAMPLE_DEPARTMENT, level: 'city' } as const;
    const department = tx.manager.create(Department, { id: uuidv7(), ...known, reportingUnitId: null });
    await tx.manager.insert(Department, department);
    await tx.manager.insert(DepartmentRevision, {
      id: uuidv7(),
      departmentId: department.id,
      effectiveAt: SINCE_ALWAYS,
      recordedAt: this.clock.now(),
      ...known,
    });
    return department;
  }
}
