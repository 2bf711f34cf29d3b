import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Assignment } from '../../src/cases/assignment.entity.js';
import { Case } from '../../src/cases/case.entity.js';
import { CoHandler } from '../../src/cases/co-handler.entity.js';
import { Problem } from '../../src/cases/problem.entity.js';
import type { Enterprise } from '../../src/enterprises/enterprise.entity.js';
import type { Official } from '../../src/organization/official.entity.js';

const AT = new Date('2021-11-01T09:00:00+08:00');

/** Cases and problems as rows alone, without their events: for what only reads who may see them. */
export class SubjectFactory {
  private count = 0;

  constructor(private readonly dataSource: DataSource) {}

  async case(enterprise: Enterprise, over: Partial<Case> = {}): Promise<Case> {
    const number = `AK-2021-${String((this.count += 1)).padStart(6, '0')}`;
    const row = this.dataSource.manager.create(Case, {
      id: uuidv7(),
      number,
      status: 'reported',
      distressType: 'stalled',
      enterpriseId: enterprise.id,
      reportingUnitId: enterprise.reportingUnitId,
      reportedAt: AT,
      lastEventAt: AT,
      ...over,
    });
    await this.dataSource.manager.insert(Case, row);
    return row;
  }

  async problem(enterprise: Enterprise, over: Partial<Problem> = {}): Promise<Problem> {
    const number = `P-2021-${String((this.count += 1)).padStart(6, '0')}`;
    const row = this.dataSource.manager.create(Problem, {
      id: uuidv7(),
      number,
      status: 'reported',
      title: '用地手续',
      category: 'land',
      enterpriseId: enterprise.id,
      reportingUnitId: enterprise.reportingUnitId,
      reportedAt: AT,
      lastEventAt: AT,
      ...over,
    });
    await this.dataSource.manager.insert(Problem, row);
    return row;
  }

  /** Assigns it to an official of a department, with a co-handling department where one is given. */
  async assign(subject: Case | Problem, official: Official, coHandlerId?: string): Promise<void> {
    const id = uuidv7();
    const own = subject instanceof Case ? { caseId: subject.id } : { problemId: subject.id };
    const { departmentId } = official;
    const dates = { assignedAt: AT, dayZeroOn: '2021-11-01', acknowledgeBy: AT, dueAt: AT };
    await this.dataSource.manager.insert(Assignment, {
      id,
      ...own,
      departmentId,
      officialId: official.id,
      ...dates,
    });
    if (coHandlerId !== undefined) {
      await this.dataSource.manager.insert(CoHandler, {
        id: uuidv7(),
        assignmentId: id,
        departmentId: coHandlerId,
        dueAt: AT,
      });
    }
    const entity = subject instanceof Case ? Case : Problem;
    const change = {
      status: 'assigned',
      assignmentId: id,
      leadDepartmentId: departmentId,
      officialId: official.id,
    } as const;
    await this.dataSource.manager.update(entity, { id: subject.id }, change);
  }
}
