import { Injectable } from '@nestjs/common';
import { Reader } from '../platform/database/reader.js';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { NOTICE_CHANNELS, type NoticeChannel } from './official.entity.js';
import type { NoticeChannelsView } from './own-notice-channels.dto.js';

interface Chosen {
  officialId: string;
  channels: NoticeChannel[] | null;
}

/** By which channels the official of an account wants what policy leaves to choose. */
@Injectable()
export class OwnNoticeChannels {
  constructor(
    private readonly reader: Reader,
    private readonly transactions: Transactions,
  ) {}

  /** @throws Refusal 409 ACCOUNT_HAS_NO_OFFICIAL */
  async get(accountId: string): Promise<NoticeChannelsView> {
    const found = await this.reader.query<Chosen>(
      `SELECT o.id AS "officialId", o.notice_channels AS channels
         FROM accounts a JOIN officials o ON o.id = a.official_id WHERE a.id = $1`,
      [accountId],
    );
    return viewOf(found);
  }

  /** @throws Refusal 409 ACCOUNT_HAS_NO_OFFICIAL, OFFICIAL_HAS_NO_ADDRESS: nothing would ever come by these */
  async set(accountId: string, channels: readonly NoticeChannel[]): Promise<NoticeChannelsView> {
    return this.transactions.run(async (tx) => {
      const found = await tx.query<Chosen & { isReached: boolean }>(
        `UPDATE officials o SET notice_channels = $2, version = o.version + 1
           FROM accounts a
          WHERE a.id = $1 AND o.id = a.official_id
         RETURNING o.id AS "officialId", o.notice_channels AS channels,
                   ('email' = ANY ($2) AND o.email IS NOT NULL) OR ('sms' = ANY ($2) AND o.is_mobile) AS "isReached"`,
        [accountId, channels],
      );
      const view = viewOf(found);
      if (found[0]?.isReached === false) throw new Refusal(409, 'OFFICIAL_HAS_NO_ADDRESS');
      return view;
    });
  }
}

function viewOf([chosen]: readonly Chosen[]): NoticeChannelsView {
  if (chosen === undefined) throw new Refusal(409, 'ACCOUNT_HAS_NO_OFFICIAL');
  return { officialId: chosen.officialId, channels: chosen.channels ?? [...NOTICE_CHANNELS] };
}
