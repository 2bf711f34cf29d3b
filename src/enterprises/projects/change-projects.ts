import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { OfficeTime } from '../../calendar/office-time.js';
import { ReportingUnit } from '../../organization/reporting-unit.entity.js';
import { Clock } from '../../platform/clock/clock.js';
import { SINCE_ALWAYS } from '../../platform/clock/since-always.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { requireIfMatch } from '../../platform/http/etag.js';
import { given } from '../../platform/http/fields.js';
import { Enterprise } from '../enterprise.entity.js';
import { Project } from './project.entity.js';
import { ProjectRevision } from './project-revision.entity.js';
import type { ProjectBody, ProjectChangeBody } from './projects.dto.js';

/** Writes of projects, by the task force alone. */
@Injectable()
export class ChangeProjects {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
  ) {}

  /** @returns id of the new project. @throws Refusal 409 PROJECT_NUMBER_TAKEN, REFERENCE_UNKNOWN */
  async add(body: ProjectBody): Promise<string> {
    const id = uuidv7();
    const now = this.clock.now();
    await this.transactions.run(async (tx) => {
      await requireKnown(tx, body);
      const { number } = body;
      if (number !== undefined && (await isTaken(tx, number)))
        throw refused('PROJECT_NUMBER_TAKEN', 'number', { number });
      const project = tx.manager.create(Project, {
        ...given(body),
        id,
        number: number ?? (await draw(tx, this.office.dateOf(now).slice(0, 4))),
        version: 1,
      });
      await tx.manager.insert(Project, project);
      await addRevision(tx, project, SINCE_ALWAYS, now);
    });
    return id;
  }

  /**
   * What tables group by holds from now on; weeks before keep what they had.
   * @throws Refusal 404, 412, 428, 409 REFERENCE_UNKNOWN
   */
  async change(id: string, ifMatch: string | undefined, body: ProjectChangeBody): Promise<void> {
    await this.transactions.run(async (tx) => {
      const before = await tx.manager.findOne(Project, {
        where: { id },
        // Leaves its key free: a handover that holds a problem of it may still write a pairing with it.
        lock: { mode: 'for_no_key_update' },
      });
      if (before === null) throw notFound('project', id);
      requireIfMatch(ifMatch, before.version);
      await requireKnown(tx, body);
      const after = Object.assign(new Project(), before, given(body), { version: before.version + 1 });
      await tx.manager.update(Project, { id, version: before.version }, after);
      const isMoved = after.reportingUnitId !== before.reportingUnitId;
      const now = this.clock.now();
      if (isMoved || after.name !== before.name) await addRevision(tx, after, now, now);
      if (isMoved) await moveProblems(tx, after);
    });
  }
}

/** Its problems stand in the row of its unit, from now on the new one. Locked by id, as a handover locks them. */
async function moveProblems(tx: Transaction, { id, reportingUnitId }: Project): Promise<void> {
  await tx.query('SELECT 1 FROM problems WHERE project_id = $1 ORDER BY id FOR UPDATE', [id]);
  await tx.query('UPDATE problems SET reporting_unit_id = $1, version = version + 1 WHERE project_id = $2', [
    reportingUnitId,
    id,
  ]);
}

const addRevision = (
  tx: Transaction,
  { id: projectId, name, reportingUnitId }: Project,
  effectiveAt: Date,
  recordedAt: Date,
): Promise<unknown> =>
  tx.manager.insert(ProjectRevision, {
    id: uuidv7(),
    projectId,
    effectiveAt,
    recordedAt,
    name,
    reportingUnitId,
  });

const isTaken = (tx: Transaction, number: string): Promise<boolean> =>
  tx.manager.existsBy(Project, { number });

/** `XM-2021-000012`: the count runs on over the years, past numbers that were given by hand. */
async function draw(tx: Transaction, year: string): Promise<string> {
  for (;;) {
    const [next] = await tx.query<{ count: string }>(`SELECT nextval('project_numbers') AS count`);
    const number = `XM-${year}-${(next?.count ?? '').padStart(6, '0')}`;
    if (!(await isTaken(tx, number))) return number;
  }
}

async function requireKnown(
  tx: Transaction,
  { reportingUnitId, enterpriseId }: ProjectChangeBody,
): Promise<void> {
  if (reportingUnitId !== undefined && !(await tx.manager.existsBy(ReportingUnit, { id: reportingUnitId })))
    throw refused('REFERENCE_UNKNOWN', 'reportingUnitId');
  if (typeof enterpriseId === 'string' && !(await tx.manager.existsBy(Enterprise, { id: enterpriseId })))
    throw refused('REFERENCE_UNKNOWN', 'enterpriseId');
}

const refused = (code: string, field: string, params: Record<string, unknown> = {}): Refusal =>
  new Refusal(409, code, params, [{ pointer: `/${field}`, code, params }]);
