import { Injectable } from '@nestjs/common';
import { plusDays } from '../../calendar/calendar-date.js';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { Reader } from '../../platform/database/reader.js';
import type { Milestone } from './milestones.js';
import { type CampaignAim, type Pace, paceOf } from './pace.js';
import { MEMBERS_REACHED_STATEMENT, REACHED_STATEMENT } from './reached.js';

/** How far a campaign is at the end of a day. */
export interface CampaignFigures extends CampaignAim, Pace {
  id: string;
  name: string;
  milestone: Milestone;
  members: number;
  reached: number;
}

interface KnownCampaign extends CampaignAim {
  id: string;
  name: string;
  milestone: Milestone;
}

/**
 * As it stood at `$2`, known at `$1`; one that was entered later stood as it was entered first. The day is the text
 * `$3`.
 */
const KNOWN = `
  SELECT DISTINCT ON (r.campaign_id) r.campaign_id AS id, r.name, r.milestone, r.target,
         r.starts_on::text AS "startsOn", r.final_on::text AS "finalOn", r.is_active AS "isActive"
    FROM campaign_revisions r WHERE r.recorded_at < $1 AND ($3::uuid IS NULL OR r.campaign_id = $3)
   ORDER BY r.campaign_id, r.recorded_at < $2 DESC,
            CASE WHEN r.recorded_at < $2 THEN r.recorded_at END DESC, r.recorded_at, r.id`;

/** Pace of campaigns 进度, from campaigns, members, cases and the calendar as they were known at a moment. */
@Injectable()
export class CampaignPace {
  constructor(
    private readonly reader: Reader,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  /**
   * Campaigns that have begun and were not ended by the office, by final date, at the end of a day.
   * @param on `YYYY-MM-DD`
   * @param asOf known before this moment; left out: now
   */
  async at(on: string, asOf: Date = this.clock.now()): Promise<CampaignFigures[]> {
    const sql = `SELECT * FROM (${KNOWN}) c WHERE c."isActive" AND c."startsOn" <= $4
                  ORDER BY c."finalOn", c.name, c.id`;
    const parameters = [asOf, this.endOf(on), null, on];
    return this.figuresOf(await this.reader.query<KnownCampaign>(sql, parameters), on, asOf);
  }

  /** One, today, also before it begins and after it was ended; `undefined` where there is none. */
  async today(id: string): Promise<(CampaignFigures & { on: string }) | undefined> {
    const asOf = new Date(this.clock.now().getTime() + 1);
    const on = this.office.dateOf(this.clock.now());
    const known = await this.reader.query<KnownCampaign>(KNOWN, [asOf, this.endOf(on), id]);
    const [figures] = await this.figuresOf(known, on, asOf);
    return figures && { ...figures, on };
  }

  /** Which of some members have reached it by the end of today, and on what day; by their ids. */
  async membersReached(
    { milestone, startsOn }: Pick<CampaignFigures, 'milestone' | 'startsOn'>,
    memberIds: readonly string[],
  ): Promise<Map<string, string | null>> {
    const asOf = new Date(this.clock.now().getTime() + 1);
    const on = this.office.dateOf(this.clock.now());
    const rows = await this.reader.query<{ id: string; reachedOn: string | null }>(
      MEMBERS_REACHED_STATEMENT,
      [asOf, this.endOf(on), on, this.office.zone, memberIds, milestone, this.office.at(startsOn, '00:00')],
    );
    return new Map(rows.map(({ id, reachedOn }) => [id, reachedOn]));
  }

  private async figuresOf(
    known: readonly KnownCampaign[],
    on: string,
    asOf: Date,
  ): Promise<CampaignFigures[]> {
    if (known.length === 0) return [];
    const calendar = await this.calendars.asOf(asOf);
    const counted = await this.reader.query<{ id: string; members: number; reached: number }>(
      REACHED_STATEMENT,
      [
        asOf,
        this.endOf(on),
        on,
        this.office.zone,
        known.map(({ id }) => id),
        known.map(({ milestone }) => milestone),
        known.map(({ startsOn }) => this.office.at(startsOn, '00:00')),
      ],
    );
    const counts = new Map(counted.map((count) => [count.id, count]));
    return known.map(({ id, name, milestone, target, startsOn, finalOn }) => {
      const { members, reached } = counts.get(id) ?? { members: 0, reached: 0 };
      const aim = { target, startsOn, finalOn };
      return { id, name, milestone, ...aim, members, reached, ...paceOf(aim, reached, on, calendar) };
    });
  }

  private endOf(on: string): Date {
    return this.office.at(plusDays(on, 1), '00:00');
  }
}
