import type { AccountActor } from '../../src/access/actor.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import { FakeClock } from './fake-clock.js';
import { type Desk, LifecycleWorld } from './lifecycle-world.js';

export interface StoryRow {
  status: string;
  dueAt: Date | null;
  deadlineVersion: number | null;
  reopenCount: number;
  resolvedAt: Date | null;
}

/** An instant as the office reads it. */
export const officeTime = (at: Date | null | undefined): string | null =>
  at === null || at === undefined
    ? null
    : new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** What happens to deadlines, told in moments of the office such as `2021-09-22 10:00`. */
export class DeadlineStory {
  private constructor(
    readonly world: LifecycleWorld,
    readonly clock: FakeClock,
    readonly taskForce: AccountActor,
    readonly lead: Desk,
  ) {}

  static async open(): Promise<DeadlineStory> {
    const clock = new FakeClock(new Date('2021-09-01T09:00:00+08:00'));
    const world = await LifecycleWorld.open(clock);
    return new DeadlineStory(world, clock, await world.taskForce(), await world.desk());
  }

  close(): Promise<void> {
    return this.world.close();
  }

  at(moment: string): void {
    this.clock.set(`${moment.replace(' ', 'T')}:00+08:00`);
  }

  /** Status, due moment and deadline version. */
  async due(ref: SubjectRef): Promise<unknown[]> {
    const row = await this.world.row<StoryRow>(ref);
    return [row.status, officeTime(row.dueAt), row.deadlineVersion];
  }

  answerable(): { departmentId: string; officialId: string } {
    const { departmentId, officialId } = this.lead;
    return { departmentId, officialId };
  }

  /** A case in progress from a day on, due on another. */
  async working(from: string, dueOn: string): Promise<SubjectRef> {
    this.at(from);
    const ref = await this.world.case(this.taskForce);
    await this.world.work.assign.run(this.taskForce, ref, { ...this.answerable(), dueOn });
    await this.world.work.acknowledge.run(this.lead.actor, ref, {});
    return ref;
  }

  hold(ref: SubjectRef, reviewOn: string): Promise<void> {
    return this.world.work.hold.run(this.taskForce, ref, { ground: 'third_party', reviewOn });
  }

  resume(ref: SubjectRef): Promise<void> {
    return this.world.work.resume.run(this.taskForce, ref, {});
  }
}
