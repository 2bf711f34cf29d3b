import { Injectable, Logger } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import { Transactions } from '../../platform/database/transactions.js';
import { noticeDefects, noticesRecorded } from '../notification-metrics.js';
import { NOTICE_KINDS, NOTICE_RULES } from './notice-kinds.js';
import { DEFER_NOTICES, RECORD_NOTICES, WITHDRAW_OUTDATED } from './record-statement.js';

/** Notices a transaction. */
const A_BATCH = 2_000;
const DEFERRED_A_BATCH = 20_000;

interface Batch {
  picked: number;
  deliveries: number;
  with_empty_duty: number;
  for_nobody: number;
  by_kind: Record<string, number>;
}

const duties = NOTICE_KINDS.flatMap((kind) => NOTICE_RULES[kind].roles.map((role) => ({ kind, role })));
const ways = NOTICE_KINDS.flatMap((kind) => {
  const { channels, isChosen } = NOTICE_RULES[kind];
  return channels.map((channel) => ({ kind, channel, isChosen }));
});
const RULES = [
  duties.map(({ kind }) => kind),
  duties.map(({ role }) => role),
  ways.map(({ kind }) => kind),
  ways.map(({ channel }) => channel),
  ways.map(({ isChosen }) => isChosen),
];

/** Writes the deliveries of notices that have fallen due, as a part of the sweep. */
@Injectable()
export class RecordNotices {
  private readonly logger = new Logger(RecordNotices.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly office: OfficeTime,
  ) {}

  /** @returns how many deliveries were written */
  async run(now: Date): Promise<number> {
    await this.transactions.run((tx) => tx.query(WITHDRAW_OUTDATED, [now]));
    let deliveries = 0;
    let batch: Batch;
    do {
      batch = await this.batch(now);
      deliveries += batch.deliveries;
      this.tell(batch);
    } while (batch.picked === A_BATCH);
    return deliveries;
  }

  async defer(now: Date, until: Date): Promise<void> {
    let deferred: number;
    do {
      const rows = await this.transactions.run((tx) =>
        tx.query(DEFER_NOTICES, [now, until, DEFERRED_A_BATCH]),
      );
      deferred = rows.length;
    } while (deferred === DEFERRED_A_BATCH);
  }

  private async batch(now: Date): Promise<Batch> {
    const parameters = [now, A_BATCH, this.office.dateOf(now), ...RULES];
    const [batch] = await this.transactions.run((tx) => tx.query<Batch>(RECORD_NOTICES, parameters));
    if (batch === undefined) throw new Error('recording notices answered nothing');
    return batch;
  }

  private tell({ by_kind: byKind, with_empty_duty: empty, for_nobody: forNobody }: Batch): void {
    for (const [kind, number] of Object.entries(byKind)) noticesRecorded.inc({ kind }, number);
    if (empty > 0) {
      noticeDefects.inc({ defect: 'duty_empty' }, empty);
      this.logger.warn({ notices: empty }, 'duties that nobody holds: the task force is told');
    }
    if (forNobody > 0) {
      noticeDefects.inc({ defect: 'nobody' }, forNobody);
      this.logger.error({ notices: forNobody }, 'notices with nobody to send them to');
    }
  }
}
