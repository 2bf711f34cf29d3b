import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import type { DkimSettings } from '../../platform/config/app-config.js';

/** DKIM: what the mail says and who it is from cannot be changed on its way unnoticed. */
export class MailSignature {
  private readonly dkim: DKIM;

  constructor({ domain, selector, privateKey }: DkimSettings) {
    this.dkim = new DKIM({ domainName: domain, keySelector: selector, privateKey });
  }

  /** The mail with its signature before it. */
  sign(mail: Buffer): Promise<Buffer> {
    return buffer(this.dkim.sign(mail));
  }
}
