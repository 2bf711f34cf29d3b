import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { AccountActor } from '../access/actor.js';
import { enterpriseScope } from '../access/scope.js';
import { byAccount, SecurityTrail } from '../access/security-trail.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import { Where } from '../platform/http/list-reader.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import { ENTERPRISE_PHONE } from './enterprise-phone.js';

export class EnterpriseContact {
  @ApiProperty({ type: String, nullable: true, example: '张三' })
  contactName!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '19912340001' })
  contactPhone!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'zhang@example.com' })
  contactEmail!: string | null;
}

interface Row {
  contactName: string | null;
  contactPhoneSealed: string | null;
  contactEmail: string | null;
}

/** Tells a contact in full, and the trail who asked for it and why: not the one without the other. */
@Injectable()
export class RevealEnterpriseContact {
  constructor(
    private readonly transactions: Transactions,
    private readonly personalData: PersonalData,
    private readonly trail: SecurityTrail,
  ) {}

  /** @throws Refusal 404 NOT_FOUND, also when it is out of scope; 503 PERSONAL_DATA_UNREADABLE */
  reveal(actor: AccountActor, id: string, reason: string): Promise<EnterpriseContact> {
    const where = new Where()
      .add(id, (own) => `e.id = ${own}`)
      .addScope((first) => enterpriseScope(actor, 'e', first));
    return this.transactions.run(async (tx) => {
      const [enterprise] = await tx.query<Row>(
        `SELECT e.contact_name AS "contactName", e.contact_phone_sealed AS "contactPhoneSealed",
                e.contact_email AS "contactEmail"
           FROM enterprises e WHERE ${where.sql}`,
        where.parameters,
      );
      if (enterprise === undefined) throw notFound('enterprise', id);
      const { contactName, contactPhoneSealed, contactEmail } = enterprise;
      const contactPhone = this.personalData.openOrRefuse(contactPhoneSealed, ENTERPRISE_PHONE, id);
      await this.trail.record(tx, {
        type: 'contact_unmasked',
        actor: byAccount(actor.accountId),
        subject: { kind: 'enterprise', id },
        payload: { reason },
      });
      return { contactName, contactPhone, contactEmail };
    });
  }
}
