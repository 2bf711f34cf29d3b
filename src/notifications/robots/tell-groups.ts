import { Injectable, Logger } from '@nestjs/common';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { persistently } from '../../platform/database/persistently.js';
import { groupDigestOutcomes } from '../notification-metrics.js';
import { MOST_ATTEMPTS, type Outcome, pauseAfter } from '../outcome.js';
import { FALLS_DUE_AT, sendingTime } from '../sending-time.js';
import { ComposeGroupDigest } from './compose-group-digest.js';
import { type ClaimedDigest, GroupDigests } from './group-digests.repository.js';
import { PostToRobot } from './post-to-robot.js';
import type { Robot } from './robot.js';
import { Robots } from './robots.js';

/** Tells the task force's groups once each working day, from 09:00, how things stand. */
@Injectable()
export class TellGroups {
  private readonly logger = new Logger(TellGroups.name);

  constructor(
    private readonly robots: Robots,
    private readonly digests: GroupDigests,
    private readonly compose: ComposeGroupDigest,
    private readonly posts: PostToRobot,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    const today = this.office.dateOf(now);
    await this.digests.settleOld(now, today);
    if (this.robots.all.length === 0 || !(await this.isTime(now, today))) return;
    await this.plan(now, today);
    await Promise.all(this.robots.all.map((robot) => this.tell(robot, now, today)));
  }

  /** Found later than 09:00 it goes at once, on the same day and in sending time. */
  private async isTime(now: Date, today: string): Promise<boolean> {
    const opensAt = sendingTime(now, await this.calendars.current(), this.office);
    return opensAt <= now && now >= this.office.at(today, FALLS_DUE_AT);
  }

  private async plan(now: Date, today: string): Promise<void> {
    const planned = await this.digests.planned(today);
    const missing = this.robots.all.filter(({ name }) => !planned.has(name));
    if (missing.length === 0) return;
    const content = await this.compose.at(now);
    for (const { name, mostBytes } of missing) await this.digests.plan(name, today, content(mostBytes), now);
  }

  private async tell(robot: Robot, now: Date, today: string): Promise<void> {
    const claimed = await this.digests.claim(robot.name, today, now);
    if (claimed === undefined) return;
    const outcome = await this.posts.post(robot, this.compose.title, claimed.content, now);
    const settled = this.settled(claimed, outcome);
    groupDigestOutcomes.inc({ robot: robot.name, outcome: settled.status });
    await persistently(
      () => this.digests.record(settled, this.clock.now()),
      (error) =>
        this.logger.error({ err: error, robot: robot.name }, 'what became of a message could not be written'),
    );
  }

  private settled(
    { id, fence, attempts }: ClaimedDigest,
    outcome: Outcome,
  ): Parameters<GroupDigests['record']>[0] {
    const { status, gatewayCode, gatewayText } = outcome;
    const settled = { id, fence, gatewayCode, gatewayText, nextAttemptAt: null };
    if (status !== 'temporary') return { ...settled, status };
    if (attempts >= MOST_ATTEMPTS) return { ...settled, status: 'failed' };
    const pause = pauseAfter(attempts, Math.random());
    return { ...settled, status: 'pending', nextAttemptAt: new Date(this.clock.now().getTime() + pause) };
  }
}
