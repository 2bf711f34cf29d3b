import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../access/actor.js';
import { projectScope } from '../../access/scope.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { requireIfMatch } from '../../platform/http/etag.js';
import { Where } from '../../platform/http/list-reader.js';
import { Project } from './project.entity.js';
import { ProjectStageEntry } from './project-stage.entity.js';
import { boundsOf, byStage, isForward, type ReachedStage, skippedBetween } from './project-stages.js';
import { IS_STANDING, type ProjectStageBody, type StageCorrectionBody } from './project-stages.dto.js';

type Standing = ReachedStage & Pick<ProjectStageEntry, 'id' | 'statement' | 'source' | 'skipReason'>;

/** Who moves or corrects, and which version of the project they saw. */
export interface Mover {
  actor: Actor;
  ifMatch: string | undefined;
}

/** How projects come from stage to stage; what was entered is never overwritten. */
@Injectable()
export class MoveProjects {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
  ) {}

  /**
   * Forward, by one stage or past some for a reason.
   * @throws Refusal 404, 412, 428, 409 PROJECT_STAGE_NOT_FORWARD, 400 SKIP_REASON_REQUIRED, DATE_IN_FUTURE,
   *   STAGE_DATE_OUT_OF_ORDER
   */
  async forward(mover: Mover, id: string, body: ProjectStageBody): Promise<void> {
    await this.transactions.run(async (tx) => {
      const project = await locked(tx, mover, id);
      const { stage, reachedOn, statement, source, skipReason = null } = body;
      if (!isForward(project.stage, stage))
        throw new Refusal(409, 'PROJECT_STAGE_NOT_FORWARD', { stage, present: project.stage });
      const skipped = skippedBetween(project.stage, stage);
      if (skipped.length > 0 && skipReason === null)
        throw wrong('SKIP_REASON_REQUIRED', 'skipReason', { skipped: skipped.join(', ') });
      const standing = await standingOf(tx, id);
      this.requireOrder({ stage, reachedOn }, standing);
      await this.enter(tx, mover, { projectId: id, stage, reachedOn, statement, source, skipReason });
      await settle(tx, project, [...standing, { stage, reachedOn }]);
    });
  }

  /**
   * An entry of its own takes the place of the one that was wrong.
   * @throws Refusal 404, 412, 428, 409 STAGE_ENTRY_SUPERSEDED, STAGE_NOT_LAST, 400 DATE_IN_FUTURE,
   *   STAGE_DATE_OUT_OF_ORDER
   */
  async correct(mover: Mover, id: string, entryId: string, body: StageCorrectionBody): Promise<void> {
    await this.transactions.run(async (tx) => {
      const project = await locked(tx, mover, id);
      const standing = await standingOf(tx, id);
      const wrongOne = standing.find((entry) => entry.id === entryId);
      if (wrongOne === undefined) throw await this.absent(tx, id, entryId);
      const others = standing.filter((entry) => entry !== wrongOne);
      const { stage, skipReason } = wrongOne;
      const { reason, isWithdrawn, statement = wrongOne.statement, source = wrongOne.source } = body;
      const reachedOn = body.reachedOn ?? wrongOne.reachedOn;
      if (isWithdrawn === true && stage !== project.stage)
        throw new Refusal(409, 'STAGE_NOT_LAST', { stage, present: project.stage });
      if (isWithdrawn !== true) this.requireOrder({ stage, reachedOn }, others);
      await this.enter(tx, mover, {
        projectId: id,
        stage,
        statement,
        source,
        skipReason,
        reason,
        correctsId: entryId,
        reachedOn: isWithdrawn === true ? null : reachedOn,
      });
      await settle(tx, project, isWithdrawn === true ? others : [...others, { stage, reachedOn }]);
    });
  }

  private requireOrder({ stage, reachedOn }: ReachedStage, standing: readonly ReachedStage[]): void {
    if (reachedOn > this.office.dateOf(this.clock.now())) throw wrong('DATE_IN_FUTURE', 'reachedOn');
    const { earliestOn, latestOn } = boundsOf(stage, standing);
    if ((earliestOn !== null && reachedOn < earliestOn) || (latestOn !== null && reachedOn > latestOn))
      throw wrong('STAGE_DATE_OUT_OF_ORDER', 'reachedOn', {
        earliestOn: earliestOn ?? '—',
        latestOn: latestOn ?? '—',
      });
  }

  private async enter(
    tx: Transaction,
    { actor }: Mover,
    entry: Omit<ProjectStageEntry, 'id' | 'recordedAt' | 'recordedBy' | 'correctsId' | 'reason'> &
      Partial<Pick<ProjectStageEntry, 'correctsId' | 'reason'>>,
  ): Promise<void> {
    await tx.manager.insert(ProjectStageEntry, {
      ...entry,
      id: uuidv7(),
      recordedAt: this.clock.now(),
      recordedBy: actor.kind === 'account' ? actor.accountId : null,
    });
  }

  private async absent(tx: Transaction, projectId: string, id: string): Promise<Refusal> {
    const isEntered = await tx.manager.existsBy(ProjectStageEntry, { id, projectId });
    return isEntered ? new Refusal(409, 'STAGE_ENTRY_SUPERSEDED') : notFound('project_stage', id);
  }
}

/** Its changes take turns; out of scope it is not there. */
async function locked(tx: Transaction, { actor, ifMatch }: Mover, id: string): Promise<Project> {
  const where = new Where()
    .add(id, (own) => `j.id = ${own}`)
    .addScope((first) => projectScope(actor, 'j', first));
  const [seen] = await tx.query(
    `SELECT 1 FROM projects j WHERE ${where.sql} FOR NO KEY UPDATE`,
    where.parameters,
  );
  const project = seen === undefined ? null : await tx.manager.findOneBy(Project, { id });
  if (project === null) throw notFound('project', id);
  requireIfMatch(ifMatch, project.version);
  return project;
}

const standingOf = (tx: Transaction, projectId: string): Promise<Standing[]> =>
  tx.query<Standing>(
    `SELECT s.id, s.stage, s.reached_on::text AS "reachedOn", s.statement, s.source, s.skip_reason AS "skipReason"
       FROM project_stages s WHERE s.project_id = $1 AND s.reached_on IS NOT NULL AND ${IS_STANDING}`,
    [projectId],
  );

/** The project is at the last of its stages. */
async function settle(
  tx: Transaction,
  { id, version }: Project,
  standing: readonly ReachedStage[],
): Promise<void> {
  const last = standing.toSorted(byStage).at(-1);
  await tx.manager.update(
    Project,
    { id, version },
    { stage: last?.stage ?? null, stageReachedOn: last?.reachedOn ?? null, version: version + 1 },
  );
}

const wrong = (code: string, field: string, params: Record<string, unknown> = {}): Refusal =>
  new Refusal(400, code, params, [{ pointer: `/${field}`, code, params }]);
