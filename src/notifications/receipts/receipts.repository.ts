import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../platform/clock/clock.js';
import { Reader } from '../../platform/database/reader.js';
import type { Receipt } from './receipt.js';
import { smsReceipts } from './receipt-metrics.js';
import { FIND_EARLY_RECEIPTS, FORGET_EARLY_RECEIPTS, TAKE_RECEIPT } from './receipt-statements.js';

const MATCHED_AT_ONCE = 500;
/**
 * An attempt is recorded within minutes, and with it the gateway's id, or never. What others send by the same account
 * is kept as well, and looked at each time.
 */
const EARLY_KEPT_MS = 3_600_000;

/** Writes down what receipts say. The same one twice, and many in any order, end in the same state. */
@Injectable()
export class Receipts {
  constructor(
    private readonly statements: Reader,
    private readonly clock: Clock,
  ) {}

  /** One after another: each is a statement that holds one message. @param way by which they came, for the count */
  async take(receipts: readonly Receipt[], way: string): Promise<void> {
    for (const receipt of receipts) await this.takeOne(receipt, way);
  }

  /** Takes what came before it was known what it is about, and forgets what nobody will ever know. */
  async matchEarly(): Promise<void> {
    type Early = Omit<Receipt, 'outId'> & { rowId: string };
    const found = await this.statements.named<Early>('find-early-receipts', FIND_EARLY_RECEIPTS, [
      MATCHED_AT_ONCE,
    ]);
    for (const { rowId: _rowId, ...receipt } of found)
      await this.takeOne({ ...receipt, outId: null }, 'early');
    await this.statements.named('forget-early-receipts', FORGET_EARLY_RECEIPTS, [
      found.map(({ rowId }) => rowId),
      new Date(this.clock.now().getTime() - EARLY_KEPT_MS),
    ]);
  }

  private async takeOne(receipt: Receipt, way: string): Promise<void> {
    const { outId, gatewayId, status, code, text, at } = receipt;
    const [row] = await this.statements.named<{ isKnown: boolean; isMoved: boolean }>(
      'take-receipt',
      TAKE_RECEIPT,
      [outId, gatewayId, status, code, text, at ?? this.clock.now(), this.clock.now(), uuidv7()],
    );
    const outcome = row?.isMoved === true ? status : row?.isKnown === true ? 'unchanged' : 'message_unknown';
    smsReceipts.inc({ way, outcome });
  }
}
