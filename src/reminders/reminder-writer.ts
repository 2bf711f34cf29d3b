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
 * Of each message (`$1`) how many reminders it carries, how many of them are overdue at `$2`, and the first `$3` of
 * them, in one pass: a digest may carry tens of thousands.
 */
const FACTS = `
SELECT m.id AS "messageId", r.count, r.overdue, r.earliest, r.rung, r.clock, r.deadline_at AS "deadlineAt",
       coalesce(p.number, c.number) AS number, coalesce(e.name, j.name) AS "ownerName"
  FROM unnest($1::uuid[]) AS m(id)
 CROSS JOIN LATERAL (
       SELECT r.rung, r.clock, r.deadline_at, r.problem_id, r.case_id, (count(*) OVER everything)::int AS count,
              (count(*) FILTER (WHERE r.deadline_at < $2) OVER everything)::int AS overdue,
              min(r.deadline_at) OVER everything AS earliest
         FROM deliveries d JOIN reminders r ON r.id = d.reminder_id
        WHERE d.message_id = m.id AND d.status IN ('sending', 'unknown')
       WINDOW everything AS ()
        ORDER BY r.deadline_at, r.id LIMIT $3) r
  LEFT JOIN problems p ON p.id = r.problem_id
  LEFT JOIN cases c ON c.id = r.case_id
  LEFT JOIN enterprises e ON e.id = coalesce(p.enterprise_id, c.enterprise_id)
  LEFT JOIN projects j ON j.id = p.project_id
 ORDER BY r.deadline_at, number`;

interface FactsRow extends ReminderFacts {
  messageId: string;
  count: number;
  overdue: number;
  earliest: Date;
}

/** Says what reminders say, as they stand on the day of sending. */
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
        this.links.urlFor(message, this.clock.now()),
      ),
    );
  }

  shortMessages(messages: readonly ClaimedMessage[]): Promise<Map<string, ShortMessage>> {
    return this.write(messages, (_message, digest, occasion) => {
      const { template, values } = shortWording(digest, occasion);
      return shortMessage(template, values, this.config.smsSignature);
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
    const today = this.office.dateOf(now);
    const counted = rows.map(({ rung, clock, deadlineAt, number, ownerName }): CountedFacts => {
      const dueOn = this.office.dateOf(deadlineAt);
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
    });
    const [row, [first, ...rest]] = [rows[0], counted];
    if (row === undefined || first === undefined) throw new Error('a digest of nothing');
    const { count, overdue, earliest } = row;
    return { count, overdue, earliestOn: this.office.dateOf(earliest), first: [first, ...rest] };
  }
}
