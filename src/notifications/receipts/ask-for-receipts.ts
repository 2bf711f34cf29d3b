import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Reader } from '../../platform/database/reader.js';
import { PersonalData } from '../../platform/personal-data/personal-data.js';
import { ConfiguredGateways } from '../channels/configured-gateways.js';
import { NoAnswer } from '../channels/http-post.js';
import { type AskableGateway, NotAnswered } from '../channels/sms-gateway.js';
import { numberColumn } from '../recipient.js';
import { ASKED_AFTER_SECONDS, ASKED_WITHIN_SECONDS, nextAsk } from './asking-schedule.js';
import { CLAIM_FOR_ASKING, COUNT_ASKING } from './receipt-statements.js';
import { smsReceipts } from './receipt-metrics.js';
import { Receipts } from './receipts.repository.js';

const ASKED_A_RUN = 200;
const ASKED_AT_ONCE = 5;
const ANSWERED_WITHIN_MS = 7_000;
/** Whoever asks now is done by then, or dead. */
const CLAIMED_FOR_MS = 120_000;

interface Asked {
  id: string;
  gatewayId: string | null;
  notBefore: Date;
  asks: number;
  recipientId: string;
  isContact: boolean;
  mobileSealed: string | null;
}

/**
 * Asks the gateway what became of SMS whose receipt has not come, and of those of which nobody knows whether they were
 * taken: a few times, with growing pauses, for two days. Asked twice, or by two workers, does no harm; an ask that was
 * broken off is made again.
 */
@Injectable()
export class AskForReceipts {
  private readonly logger = new Logger(AskForReceipts.name);

  constructor(
    private readonly gateways: ConfiguredGateways,
    private readonly receipts: Receipts,
    private readonly statements: Reader,
    private readonly personalData: PersonalData,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const { askable } = this.gateways;
    if (askable === null) return;
    const left = await this.claim();
    const ask = async (): Promise<void> => {
      for (let asked = left.pop(); asked !== undefined; asked = left.pop()) {
        if (await this.ask(askable, asked)) continue;
        // The others would wait in vain as well; they are asked about when the claim has run out.
        left.length = 0;
      }
    };
    await Promise.all(Array.from({ length: ASKED_AT_ONCE }, ask));
  }

  private claim(): Promise<Asked[]> {
    const now = this.clock.now();
    return this.statements.named<Asked>('claim-for-asking', CLAIM_FOR_ASKING, [
      now,
      new Date(now.getTime() - ASKED_WITHIN_SECONDS * 1_000),
      ASKED_AFTER_SECONDS[0],
      ASKED_A_RUN,
      new Date(now.getTime() + CLAIMED_FOR_MS),
    ]);
  }

  /** @returns whether the gateway is there at all. */
  private async ask(gateway: AskableGateway, asked: Asked): Promise<boolean> {
    const { id, gatewayId, notBefore, asks } = asked;
    const to = this.personalData.openOrTell(
      asked.mobileSealed,
      numberColumn(asked.isContact),
      asked.recipientId,
    );
    try {
      const signal = AbortSignal.timeout(ANSWERED_WITHIN_MS);
      const receipt = to === null ? null : await gateway.ask({ outId: id, to, gatewayId, notBefore }, signal);
      if (receipt !== null) await this.receipts.take([receipt], 'asked');
    } catch (error) {
      if (error instanceof NoAnswer) {
        this.logger.warn({ reason: error.message }, 'the SMS gateway does not say what became of messages');
        return false;
      }
      if (!(error instanceof NotAnswered)) throw error;
      smsReceipts.inc({ way: 'asked', outcome: 'refused' });
    }
    await this.statements.named('count-asking', COUNT_ASKING, [id, asks, nextAsk(notBefore, asks + 1)]);
    return true;
  }
}
