import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { AccountActor } from '../access/actor.js';
import { byAccount, SecurityTrail } from '../access/security-trail.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import { OFFICIAL_MOBILE } from './official-mobile.js';

export class OfficialContact {
  @ApiProperty({ type: String, nullable: true, example: '19912340001' })
  mobile!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'wang@ankang.example' })
  email!: string | null;
}

/** Tells a contact in full, and the trail who asked for it and why: not the one without the other. */
@Injectable()
export class RevealOfficialContact {
  constructor(
    private readonly transactions: Transactions,
    private readonly personalData: PersonalData,
    private readonly trail: SecurityTrail,
  ) {}

  /** @throws Refusal 404 NOT_FOUND, 503 PERSONAL_DATA_UNREADABLE */
  reveal(actor: AccountActor, id: string, reason: string): Promise<OfficialContact> {
    return this.transactions.run(async (tx) => {
      const [official] = await tx.query<{ mobileSealed: string | null; email: string | null }>(
        'SELECT mobile_sealed AS "mobileSealed", email FROM officials WHERE id = $1',
        [id],
      );
      if (official === undefined) throw notFound('official', id);
      const mobile = this.personalData.openOrRefuse(official.mobileSealed, OFFICIAL_MOBILE, id);
      await this.trail.record(tx, {
        type: 'contact_unmasked',
        actor: byAccount(actor.accountId),
        subject: { kind: 'official', id },
        payload: { reason },
      });
      return { mobile, email: official.email };
    });
  }
}
