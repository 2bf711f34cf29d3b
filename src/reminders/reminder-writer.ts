import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import {
  type ClaimedMessage,
  type Letter,
  type MessageWriter,
  type ShortMessage,
  Writers,
} from '../notifications/letter.js';
import { shortMessage } from '../notifications/templates/short-messages.js';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { Reader } from '../platform/database/reader.js';
import { AcknowledgeLinks } from './acknowledgements/acknowledge-links.js';
import { CHINESE, ENGLISH } from './letter-texts.js';
import { letterWording } from './letter-wording.js';
import { noticeMatter, type NoticeRow } from './notices/notice-matter.js';
import {
  type CountedFacts,
  type Digest,
  MOST_SHOWN,
  type Occasion,
  type ReminderFacts,
} from './reminder-facts.js';
import { shortWording } from './short-wording.js';

const ANSWER_WITHIN_WORKING_DAYS = 3;

/**
 * Of each message (`$1`) how much it carries, how many of it are overdue at `$2`, and the first `$3` of them, in one
 * pass: a digest may carry tens of thousands.
 */
const FACTS = `
SELECT m.id AS "messageId", t.count, t.overdue, t.earliest, t.rung, t.clock, t.kind, t.facts,
       t.deadline_at AS "deadlineAt", coalesce(p.number, c.number) AS number,
       coalesce(e.name, j.name, own.name) AS "ownerName"
  FROM unnest($1::uuid[]) AS m(id)
 CROSS JOIN LATERAL (
       SELECT r.rung, r.clock, n.kind, n.facts, n.department_id, n.enterprise_id,
              coalesce(r.deadline_at, n.deadline_at) AS deadline_at,
              coalesce(r.problem_id, n.problem_id) AS problem_id, coalesce(r.case_id, n.case_id) AS case_id,
              (count(*) OVER everything)::int AS count,
              (count(*) FILTER (WHERE r.deadline_at < $2) OVER everything)::int AS overdue,
              min(coalesce(r.deadline_at, n.deadline_at)) OVER everything AS earliest
         FROM deliveries d
         LEFT JOIN reminders r ON r.id = d.reminder_id
         LEFT JOIN notices n ON n.id = d.notice_id
        WHERE d.message_id = m.id AND d.status IN ('sending', 'unknown')
       WINDOW everything AS ()
        ORDER BY coalesce(r.deadline_at, n.deadline_at), coalesce(r.id, n.id) LIMIT $3) t
  LEFT JOIN problems p ON p.id = t.problem_id
  LEFT JOIN cases c ON c.id = t.case_id
  LEFT JOIN enterprises e ON e.id = coalesce(p.enterprise_id, c.enterprise_id, t.enterprise_id)
  LEFT JOIN projects j ON j.id = p.project_id
  LEFT JOIN departments own ON own.id = t.department_id
 ORDER BY t.deadline_at, number`;

interface Counts {
  messageId: string;
  count: number;
  overdue: number;
  earliest: Date | null;
}
type FactsRow = Counts & ((ReminderFacts & { kind: null }) | NoticeRow);

/** Says what reminders and notices say, as they stand on the day of sending. */
@Injectable()
export class ReminderWriter implements MessageWriter, OnModuleInit {
  constructor(
    private readonly writers: Writers,
    private readonly reader: Reader,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly links: AcknowledgeLinks,
  ) {}

  onModuleInit(): void {
    this.writers.use(this);
  }

  letters(messages: readonly ClaimedMessage[]): Promise<Map<string, Letter>> {
    const texts = this.config.locale === 'en' ? ENGLISH : CHINESE;
    return this.write(messages, (message, digest) =>
      letterWording(
        digest,
        message.recipientName,
        this.config.publicUrl,
        texts,
        // There is something to say of what has a deadline that runs.
        digest.first.some((matter) => !('kind' in matter || matter.isTest))
          ? this.links.urlFor(message, this.clock.now())
          : undefined,
      ),
    );
  }

  shortMessages(messages: readonly ClaimedMessage[]): Promise<Map<string, ShortMessage>> {
    return this.write(messages, (_message, digest, occasion) => {
      const { smsSignature, locale } = this.config;
      const { template, values } = shortWording(digest, occasion, locale);
      return shortMessage(template, values, smsSignature, locale);
    });
  }

  private async write<Written>(
    messages: readonly ClaimedMessage[],
    wording: (message: ClaimedMessage, digest: Digest, occasion: Occasion) => Written,
  ): Promise<Map<string, Written>> {
    const [calendar, now] = [await this.calendars.current(), this.clock.now()];
    const today = this.office.dateOf(now);
    const occasion = { today, answerBy: calendar.add(today, ANSWER_WITHIN_WORKING_DAYS) };
    const ids = messages.map((message) => message.id);
    const found = await this.reader.named<FactsRow>('reminder-facts', FACTS, [ids, now, MOST_SHOWN]);
    const byMessage = new Map<string, FactsRow[]>();
    for (const row of found) {
      const known = byMessage.get(row.messageId);
      if (known === undefined) byMessage.set(row.messageId, [row]);
      else known.push(row);
    }
    return new Map(
      messages.flatMap((message) => {
        const rows = byMessage.get(message.id);
        if (rows === undefined) return [];
        const digest = this.digestOf(rows, calendar, now);
        return [[message.id, wording(message, digest, occasion)] as const];
      }),
    );
  }

  private digestOf(rows: FactsRow[], calendar: WorkingCalendar, now: Date): Digest {
    const matters = rows.map((row) =>
      row.kind === null
        ? this.reminder(row, calendar, now)
        : noticeMatter(row, { now, calendar, office: this.office }),
    );
    const [row, [first, ...rest]] = [rows[0], matters];
    if (row === undefined || first === undefined) throw new Error('a digest of nothing');
    const { count, overdue, earliest } = row;
    // A sample has no deadline in the database.
    const earliestOn = earliest === null ? first.dueOn : this.office.dateOf(earliest);
    return { count, overdue, earliestOn, first: [first, ...rest] };
  }

  private reminder(
    { rung, clock, deadlineAt, number, ownerName }: ReminderFacts,
    calendar: WorkingCalendar,
    now: Date,
  ): CountedFacts {
    const [today, dueOn] = [this.office.dateOf(now), this.office.dateOf(deadlineAt)];
    return {
      rung,
      clock,
      deadlineAt,
      number,
      ownerName,
      dueOn,
      isOverdue: deadlineAt < now,
      daysOverdue: calendar.between(dueOn, today),
      daysLeft: calendar.between(today, dueOn),
    };
  }
}
