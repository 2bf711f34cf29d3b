import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
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
import { CHINESE, ENGLISH } from './letter-texts.js';
import { letterWording } from './letter-wording.js';
import type { CountedFacts, Occasion, ReminderFacts } from './reminder-facts.js';
import { shortWording } from './short-wording.js';

const ANSWER_WITHIN_WORKING_DAYS = 3;

const FACTS = `
SELECT d.message_id AS "messageId", r.rung, r.clock, r.deadline_at AS "deadlineAt",
       coalesce(p.number, c.number) AS number, coalesce(e.name, j.name) AS "ownerName"
  FROM deliveries d
  JOIN reminders r ON r.id = d.reminder_id
  LEFT JOIN problems p ON p.id = r.problem_id
  LEFT JOIN cases c ON c.id = r.case_id
  LEFT JOIN enterprises e ON e.id = coalesce(p.enterprise_id, c.enterprise_id)
  LEFT JOIN projects j ON j.id = p.project_id
 WHERE d.id = ANY($1::uuid[])
 ORDER BY r.deadline_at, number`;

type Reminders = [CountedFacts, ...CountedFacts[]];

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
  ) {}

  onModuleInit(): void {
    this.writers.use(this);
  }

  letters(messages: readonly ClaimedMessage[]): Promise<Map<string, Letter>> {
    const texts = this.config.locale === 'en' ? ENGLISH : CHINESE;
    return this.write(messages, ({ recipientName }, reminders) =>
      letterWording(reminders, recipientName, this.config.publicUrl, texts),
    );
  }

  shortMessages(messages: readonly ClaimedMessage[]): Promise<Map<string, ShortMessage>> {
    return this.write(messages, (_message, reminders, occasion) => {
      const { template, values } = shortWording(reminders, occasion);
      return shortMessage(template, values, this.config.smsSignature);
    });
  }

  private async write<Written>(
    messages: readonly ClaimedMessage[],
    wording: (message: ClaimedMessage, reminders: Reminders, occasion: Occasion) => Written,
  ): Promise<Map<string, Written>> {
    const [calendar, now] = [await this.calendars.current(), this.clock.now()];
    const today = this.office.dateOf(now);
    const occasion = { today, answerBy: calendar.add(today, ANSWER_WITHIN_WORKING_DAYS) };
    const byMessage = new Map<string, CountedFacts[]>();
    const ids = messages.flatMap((message) => message.deliveryIds);
    for (const { messageId, ...facts } of await this.reader.named<ReminderFacts & { messageId: string }>(
      'reminder-facts',
      FACTS,
      [ids],
    )) {
      const dueOn = this.office.dateOf(facts.deadlineAt);
      const counted = {
        ...facts,
        dueOn,
        isOverdue: facts.deadlineAt < now,
        daysOverdue: calendar.between(dueOn, today),
        daysLeft: calendar.between(today, dueOn),
      };
      const known = byMessage.get(messageId);
      if (known === undefined) byMessage.set(messageId, [counted]);
      else known.push(counted);
    }
    return new Map(
      messages.flatMap((message) => {
        const [first, ...rest] = byMessage.get(message.id) ?? [];
        return first === undefined
          ? []
          : [[message.id, wording(message, [first, ...rest], occasion)] as const];
      }),
    );
  }
}
