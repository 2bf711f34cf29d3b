import { Injectable } from '@nestjs/common';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { Reader } from '../../platform/database/reader.js';
import type { Channel } from '../channel.js';
import { FALLS_DUE_AT } from '../sending-time.js';
import { FORGET_SLOTS } from './slot-statements.js';

/** What a claim needs to know of the cap. */
export interface CapTerms {
  /** Messages a number and day; 0: as many as there are. */
  perDay: number;
  /** Calendar date, office time. */
  on: string;
  /** 09:00 of the next working day, when what is held back goes with that day's run. */
  heldUntil: Date;
}

/** How many SMS one number may get in a day. */
@Injectable()
export class DailyCap {
  constructor(
    private readonly config: AppConfig,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
    private readonly statements: Reader,
  ) {}

  async terms(channel: Channel): Promise<CapTerms> {
    const on = this.office.dateOf(this.clock.now());
    const next = (await this.calendars.current()).add(on, 1);
    const perDay = channel === 'sms' ? this.config.smsDailyCap : 0;
    return { perDay, on, heldUntil: this.office.at(next, FALLS_DUE_AT) };
  }

  /** Days that are over count for nothing; the slots of yesterday may still be given back by a late answer. */
  async forget(): Promise<void> {
    const yesterday = this.office.dateOf(new Date(this.clock.now().getTime() - 86_400_000));
    await this.statements.query(FORGET_SLOTS, [yesterday]);
  }
}
