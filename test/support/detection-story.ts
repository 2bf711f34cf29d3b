import { v7 as uuidv7 } from 'uuid';
import type { SubjectRef } from '../../src/cases/subject.js';
import type { Enterprise } from '../../src/enterprises/enterprise.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Tasks } from '../../src/platform/queue/tasks.js';
import { JUDGE_TASK, Unjudged } from '../../src/production/judging/unjudged.js';
import type { CandidateView } from '../../src/production/detection/candidates.view.js';
import { DeadlineStory } from './deadline-story.js';
import type { Client } from './test-app.js';

/** Of one month; output in CNY, days as they go with it unless they are told. */
export interface Told {
  output?: number;
  days?: number;
  electricity?: number;
}

/** Enterprises, their figures, and those who look at what comes of them. */
export class DetectionStory {
  office!: Client;

  private constructor(readonly story: DeadlineStory) {}

  static async open(): Promise<DetectionStory> {
    return new DetectionStory(await DeadlineStory.open());
  }

  get world(): DeadlineStory['world'] {
    return this.story.world;
  }

  close(): Promise<void> {
    return this.story.close();
  }

  /** A session does not last until another day. */
  async at(moment: string): Promise<void> {
    this.story.at(moment);
    this.office = await this.world.app.as('task_force');
  }

  /** Of a normal month's output of 100, as it was through July 2021. */
  async firm(unitCode?: string): Promise<Enterprise> {
    const firm = await this.world.make.enterprise(unitCode, { baselineMonthlyOutput: '100.00' });
    const sound = Array.from({ length: 19 }, (_month, index) => monthAfter('2020-01', index));
    await this.write(firm.id, Object.fromEntries(sound.map((month) => [month, { output: 100 }])));
    return firm;
  }

  /** What the enterprise reports, by month; judged at once. */
  async report({ id }: { id: string }, months: Record<string, Told | number>): Promise<void> {
    await this.revise({ id }, months);
    await this.judge();
  }

  /** The same, and nobody has judged it yet. */
  async revise({ id }: { id: string }, months: Record<string, Told | number>): Promise<void> {
    const told = Object.entries(months).map(([month, what]): [string, Told] => [
      month,
      typeof what === 'number' ? { output: what } : what,
    ]);
    await this.write(id, Object.fromEntries(told));
  }

  /** Though nothing of it has changed. */
  async rejudge({ id }: { id: string }): Promise<void> {
    await this.write(id, {});
    await this.judge();
  }

  async judge(): Promise<void> {
    await this.world.app.app.get(Tasks).handlerOf(JUDGE_TASK)(null);
  }

  /** Those of an enterprise, the newest first. */
  async candidates({ id }: { id: string }, status = ''): Promise<CandidateView[]> {
    const of = status === '' ? 'open&status=accepted&status=merged&status=dismissed&status=lapsed' : status;
    const { body } = await this.office.get<{ items: CandidateView[] }>(
      `/detection/candidates?enterprise=${id}&status=${of}`,
    );
    return body.items;
  }

  /** The only open one. */
  async candidate(firm: { id: string }): Promise<CandidateView> {
    const open = await this.candidates(firm, 'open');
    const [only] = open;
    if (only === undefined || open.length > 1) throw new Error(`${open.length} candidates are open`);
    return only;
  }

  /** `new_distress open`, `suspected lapsed`: the oldest first. */
  async told(firm: { id: string }): Promise<string[]> {
    return (await this.candidates(firm)).map(({ kind, status }) => `${kind} ${status}`).toReversed();
  }

  async cases({
    id,
  }: {
    id: string;
  }): Promise<Array<{ id: string; status: string; distress: string; note: string | null }>> {
    return this.world.query(
      'SELECT id, status, distress_type AS distress, note FROM cases WHERE enterprise_id = $1 ORDER BY id',
      [id],
    );
  }

  async reported(firm: { id: string }, distressType = 'stalled'): Promise<SubjectRef> {
    const { body } = await this.office.post<{ id: string }>('/cases', {
      enterpriseId: firm.id,
      distressType,
    });
    return { kind: 'case', id: body.id };
  }

  /** Handed to the lead, who has signed for it. */
  async work(ref: SubjectRef): Promise<void> {
    const { world, taskForce, lead } = this.story;
    await world.work.assign.run(taskForce, ref, { ...this.story.answerable(), complexity: 'complex' });
    await world.work.acknowledge.run(lead.actor, ref, {});
  }

  /** Asked for by the lead, without any file. */
  async requestClosure(ref: SubjectRef, outcome: 'recovered' | 'explained' = 'recovered') {
    const client = await this.story.lead.client();
    const body = { outcome, statement: '已恢复生产', evidenceFileIds: [] };
    return client.post(`/cases/${ref.id}/request-closure`, body);
  }

  async approve(ref: SubjectRef): Promise<void> {
    await this.world.closure.approveClosure.run(this.story.taskForce, ref, {});
  }

  /** Types of the events of a case that production has told, with their milestones. */
  async milestones(ref: SubjectRef): Promise<string[]> {
    return (await this.world.events(ref))
      .filter(({ type }) => type.startsWith('milestone_'))
      .map(
        ({ type, payload }) =>
          `${type.slice(10)} ${String(payload['milestone'])} ${String(payload['month'])}`,
      );
  }

  private async write(enterpriseId: string, months: Record<string, Told>): Promise<void> {
    const { app } = this.world.app;
    await app.get(Transactions).run(async (tx) => {
      for (const [month, { output, days, electricity }] of Object.entries(months)) {
        const figures = {
          output_value: output,
          production_days: days ?? (output === undefined ? undefined : output === 0 ? 0 : 22),
          electricity,
        };
        for (const [metric, value] of Object.entries(figures)) {
          if (value === undefined) continue;
          await tx.query(
            `INSERT INTO production_figures (id, enterprise_id, month, metric, source, value, revision, recorded_at)
             SELECT $1, $2, $3, $4, $5, $6,
                    1 + count(*), $7 FROM production_figures
              WHERE enterprise_id = $2 AND month = $3 AND metric = $4 AND source = $5`,
            [
              uuidv7(),
              enterpriseId,
              `${month}-01`,
              metric,
              metric === 'electricity' ? 'grid' : 'enterprise',
              value,
              this.story.clock.now(),
            ],
          );
        }
      }
      await app.get(Unjudged).add(tx, [enterpriseId]);
    });
  }
}

function monthAfter(first: string, months: number): string {
  const number = Number(first.slice(0, 4)) * 12 + Number(first.slice(5)) - 1 + months;
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
}
