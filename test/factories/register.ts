import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Account } from '../../src/access/account.entity.js';
import type { Role } from '../../src/access/role.js';
import { Enterprise } from '../../src/enterprises/enterprise.entity.js';
import { EnterpriseRevision } from '../../src/enterprises/enterprise-revision.entity.js';
import { addDepartment } from '../../src/organization/add-department.js';
import type { Department, DepartmentLevel } from '../../src/organization/department.entity.js';
import { Official, type OfficialDuty } from '../../src/organization/official.entity.js';
import { mobileColumns } from '../../src/organization/official-mobile.js';
import { ReportingUnit } from '../../src/organization/reporting-unit.entity.js';
import { SINCE_ALWAYS } from '../../src/platform/clock/since-always.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { testPersonalData } from '../support/personal-data.js';
import { QuickPasswords } from '../support/quick-passwords.js';
import { creditCodeOf } from './credit-code.js';

const passwords = new QuickPasswords();

/** Makes what cases stand on: departments, officials, enterprises, accounts. */
export class RegisterFactory {
  private count = 0;

  constructor(private readonly dataSource: DataSource) {}

  async unit(code = '610902'): Promise<ReportingUnit> {
    return this.dataSource.manager.findOneByOrFail(ReportingUnit, { code });
  }

  async department(
    name = `市第${(this.count += 1)}局`,
    level: DepartmentLevel = 'city',
    unitCode: string | null = null,
  ): Promise<Department> {
    const reportingUnitId = unitCode === null ? null : (await this.unit(unitCode)).id;
    return new Transactions(this.dataSource).run((tx) =>
      addDepartment(tx, new Date(), { name, code: null, level, reportingUnitId }),
    );
  }

  async official(
    department: Pick<Department, 'id'>,
    { mobile, ...over }: Partial<Official> & { mobile?: string | null } = {},
  ): Promise<Official> {
    const number = (this.count += 1);
    const duty: OfficialDuty = over.duty ?? 'handler';
    const id = over.id ?? uuidv7();
    const digits = mobile === undefined ? `1990000${String(number).padStart(4, '0')}` : mobile;
    const official = this.dataSource.manager.create(Official, {
      id,
      departmentId: department.id,
      name: `办事员${number}`,
      post: '科长',
      duty,
      ...mobileColumns(testPersonalData(), id, digits),
      email: `u${number}@ankang.example`,
      isActive: true,
      version: 1,
      ...over,
    });
    await this.dataSource.manager.insert(Official, official);
    return official;
  }

  async enterprise(unitCode = '610902', over: Partial<Enterprise> = {}): Promise<Enterprise> {
    const number = (this.count += 1);
    const enterprise = this.dataSource.manager.create(Enterprise, {
      id: uuidv7(),
      name: `安康第${number}纺织有限公司`,
      creditCode: creditCodeOf(number),
      reportingUnitId: (await this.unit(unitCode)).id,
      isAboveScale: true,
      isKey: false,
      version: 1,
      ...over,
    });
    await this.dataSource.manager.insert(Enterprise, enterprise);
    await this.dataSource.manager.insert(EnterpriseRevision, {
      id: uuidv7(),
      enterpriseId: enterprise.id,
      effectiveAt: SINCE_ALWAYS,
      recordedAt: SINCE_ALWAYS,
      name: enterprise.name,
      reportingUnitId: enterprise.reportingUnitId,
      industryCode: enterprise.industryCode ?? null,
      sizeClass: enterprise.sizeClass ?? null,
    });
    return enterprise;
  }

  /** An account with a password that is told. */
  async account(role: Role, over: Partial<Account> = {}): Promise<{ username: string; password: string }> {
    const password = 'a-password-only-for-tests-9';
    const username = `tester-${(this.count += 1)}`;
    await this.dataSource.manager.insert(Account, {
      id: uuidv7(),
      username,
      passwordHash: await passwords.hash(password),
      role,
      createdAt: new Date(),
      ...over,
    });
    return { username, password };
  }
}
