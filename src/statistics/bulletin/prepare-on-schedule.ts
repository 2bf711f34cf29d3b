import { Injectable, Logger } from '@nestjs/common';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { BulletinPolicies } from './bulletin-policies.js';
import { weeksDue } from './bulletin-schedule.js';
import { PrepareIssue } from './prepare-issue.js';

/**
 * Prepares issues when the policy says so. It runs every minute in every worker, and goes on where one was killed: an
 * index makes all of that one issue a week.
 */
@Injectable()
export class PrepareOnSchedule {
  private readonly logger = new Logger(PrepareOnSchedule.name);

  constructor(
    private readonly policies: BulletinPolicies,
    private readonly preparing: PrepareIssue,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  /** @returns the weeks that were prepared */
  async run(): Promise<string[]> {
    const policy = await this.policies.current();
    if (!policy.isEnabled) return [];
    const prepared: string[] = [];
    for (const week of weeksDue(this.clock.now(), policy, await this.calendars.current(), this.office)) {
      const id = await this.preparing.bySchedule(week);
      if (id === null) continue;
      this.logger.log({ week, issueId: id }, 'an issue of the bulletin waits for approval');
      prepared.push(week);
    }
    return prepared;
  }
}
