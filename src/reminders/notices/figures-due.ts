import { Injectable } from '@nestjs/common';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { isLive, STATUSES } from '../../cases/lifecycle/states.js';
import { type NoticeDraft, Notices } from '../../notifications/notices/notices.js';
import { Clock } from '../../platform/clock/clock.js';
import { Transactions } from '../../platform/database/transactions.js';
import { DEFAULT_PARAMETERS } from '../../production/rules/parameters.js';
import { contactsToAsk } from './contacts-to-ask.js';
import { figuresRound, type FiguresRound } from './figures-round.js';

/** Time of day by which the figures are due. */
const DUE_AT = '18:00';

interface Lacking {
  unitId: string;
  unitName: string;
  /** An office of that territory, one row each; `null` where there is none: the task force is told instead. */
  departmentId: string | null;
  enterprises: number;
  /** Of those, whom nobody can ask. */
  withoutContact: number;
}

/** Territories with enterprises of a live case (`$2`) of which nothing at all is known of the month `$1`. */
const LACKING = `
SELECT u.id AS "unitId", u.name AS "unitName", d.id AS "departmentId", n.enterprises,
       n.without_contact AS "withoutContact"
  FROM (SELECT e.reporting_unit_id, count(*)::int AS enterprises,
               count(*) FILTER (WHERE e.contact_email IS NULL AND e.contact_is_mobile IS NOT TRUE)::int AS without_contact
          FROM enterprises e
         WHERE EXISTS (SELECT FROM cases c WHERE c.enterprise_id = e.id AND c.status = ANY($2::text[]))
           AND NOT EXISTS (SELECT FROM production_figures f WHERE f.enterprise_id = e.id AND f.month = $1)
         GROUP BY e.reporting_unit_id) n
  JOIN reporting_units u ON u.id = n.reporting_unit_id
  LEFT JOIN departments d ON d.reporting_unit_id = u.id AND d.level = 'county' AND d.is_active`;

/**
 * 月度生产情况填报: reminds the offices of the territories, once a month each, as long as the round is open, and asks
 * the enterprises themselves: when it opens, and on its last working day. It runs every hour in every worker: the
 * unique key of the notice makes all of that one message.
 */
@Injectable()
export class FiguresDue {
  constructor(
    private readonly transactions: Transactions,
    private readonly notices: Notices,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  /** @returns how many were told that had not been */
  async run(): Promise<number> {
    const round = figuresRound(this.office.dateOf(this.clock.now()), await this.calendars.current());
    if (round === null) return 0;
    return this.transactions.run(async (tx) => {
      const values = [`${round.month}-01`, STATUSES.filter(isLive)];
      const lacking = await tx.query<Lacking>(LACKING, values);
      const asked = await contactsToAsk(tx, round, DEFAULT_PARAMETERS.relapseWatchMonths);
      const deadlineAt = this.office.at(round.dueOn, DUE_AT);
      const given = await this.notices.give(tx, [
        ...lacking.map((one) => this.draft(round, one)),
        ...asked.map((draft) => ({ ...draft, deadlineAt })),
      ]);
      return given.length;
    });
  }

  private draft(
    { month, dueOn }: FiguresRound,
    { unitId, unitName, departmentId, enterprises, withoutContact }: Lacking,
  ): NoticeDraft {
    return {
      kind: 'production_report_due',
      cause: `${month} ${departmentId ?? unitId}`,
      departmentId,
      facts: { month, unitName, enterprises, withoutContact },
      deadlineAt: this.office.at(dueOn, DUE_AT),
    };
  }
}
