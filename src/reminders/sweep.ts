import { Injectable, Logger } from '@nestjs/common';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { sendingTime } from '../notifications/sending-time.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { WakeUps } from '../platform/queue/wake-ups.js';
import { ladderParameters } from './ladder-parameters.js';
import { Policies } from './policies.js';
import { reminderDefects, remindersRecorded, sweepSeconds } from './reminder-metrics.js';
import { SweepLock } from './sweep-lock.js';
import { COMPOSE_MESSAGES, DEFER_DUE, RECORD_DUE } from './sweep-statements.js';

/** Clock runs a transaction: short enough that a change of one of these cases hardly waits. */
const RUNS_A_BATCH = 2_000;
/** Deliveries a transaction that composes messages. A digest carries no more than this. */
const DELIVERIES_A_BATCH = 50_000;
/** Reminders put off a transaction. */
const DEFERRED_A_BATCH = 20_000;
/** A ring for so many messages, so that every worker is woken and none is flooded. */
const MESSAGES_A_RING = 100;
const MOST_RINGS = 16;

interface Batch {
  picked: number;
  deliveries: number;
  superseded: number;
  with_empty_duty: number;
  for_nobody: number;
  by_rung: Record<string, number>;
}

export interface SweepResult {
  /** `busy`: another sweeper was at work. `quiet`: outside sending time, what was due waits for the next 09:00. */
  outcome: 'done' | 'busy' | 'quiet';
  /** Reminders recorded, by rung. */
  recorded: Record<string, number>;
  superseded: number;
  deliveries: number;
  messages: number;
}

/** Records what has fallen due, and makes messages of it. It can be broken off anywhere: the next one goes on. */
@Injectable()
export class Sweep {
  private readonly logger = new Logger(Sweep.name);

  constructor(
    private readonly lock: SweepLock,
    private readonly transactions: Transactions,
    private readonly policies: Policies,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
    private readonly wakeUps: WakeUps,
  ) {}

  async run(now = this.clock.now()): Promise<SweepResult> {
    const end = sweepSeconds.startTimer();
    const result = await this.lock.tryWith(() => this.sweep(now));
    end();
    return result ?? nothing('busy');
  }

  private async sweep(now: Date): Promise<SweepResult> {
    const opensAt = sendingTime(now, await this.calendars.current(), this.office);
    if (opensAt > now) {
      await this.deferDue(now, opensAt);
      return nothing('quiet');
    }
    const result = nothing('done');
    const ladders = await this.ladderParameters();
    let batch: Batch;
    do {
      batch = await this.recordBatch(now, ladders);
      this.add(result, batch);
    } while (batch.picked === RUNS_A_BATCH);
    result.messages = await this.compose(now);
    const rings = Math.min(Math.ceil(result.messages / MESSAGES_A_RING), MOST_RINGS);
    for (let ring = 0; ring < rings; ring += 1) this.wakeUps.ring('deliver');
    return result;
  }

  private async recordBatch(now: Date, ladders: unknown[]): Promise<Batch> {
    const parameters = [now, RUNS_A_BATCH, this.office.dateOf(now), ...ladders];
    const [batch] = await this.transactions.run((tx) => tx.query<Batch>(RECORD_DUE, parameters));
    if (batch === undefined) throw new Error('the sweep answered nothing');
    return batch;
  }

  private async deferDue(now: Date, opensAt: Date): Promise<void> {
    let deferred: number;
    do {
      const rows = await this.transactions.run((tx) => tx.query(DEFER_DUE, [now, opensAt, DEFERRED_A_BATCH]));
      deferred = rows.length;
    } while (deferred === DEFERRED_A_BATCH);
  }

  private async compose(now: Date): Promise<number> {
    let messages = 0;
    let picked: number;
    do {
      const [made] = await this.transactions.run((tx) =>
        tx.query<{ messages: number; picked: number }>(COMPOSE_MESSAGES, [now, DELIVERIES_A_BATCH]),
      );
      messages += made?.messages ?? 0;
      picked = made?.picked ?? 0;
    } while (picked === DELIVERIES_A_BATCH);
    return messages;
  }

  /** Whom every rung of every version reminds and how: a reminder keeps the ladder it was armed under. */
  private async ladderParameters(): Promise<unknown[]> {
    // Reminders may be armed already under a version that another process has only just made.
    await this.policies.reload();
    const ladders = await this.policies.all();
    return [...ladderParameters(ladders), ladders.map(({ version }) => version)];
  }

  private add(result: SweepResult, batch: Batch): void {
    for (const [rung, number] of Object.entries(batch.by_rung)) {
      result.recorded[rung] = (result.recorded[rung] ?? 0) + number;
      remindersRecorded.inc({ rung }, number);
    }
    result.superseded += batch.superseded;
    result.deliveries += batch.deliveries;
    if (batch.with_empty_duty > 0) {
      reminderDefects.inc({ defect: 'duty_empty' }, batch.with_empty_duty);
      this.logger.warn(
        { reminders: batch.with_empty_duty },
        'duties that nobody holds: the task force is reminded',
      );
    }
    if (batch.for_nobody > 0) {
      reminderDefects.inc({ defect: 'nobody' }, batch.for_nobody);
      this.logger.error({ reminders: batch.for_nobody }, 'reminders with nobody to send them to');
    }
  }
}

const nothing = (outcome: SweepResult['outcome']): SweepResult => ({
  outcome,
  recorded: {},
  superseded: 0,
  deliveries: 0,
  messages: 0,
});
