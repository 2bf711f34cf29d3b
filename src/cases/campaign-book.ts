import type { Transaction } from '../platform/database/transactions.js';

/**
 * What cases have to know of campaigns. It is a port: campaigns stand on cases, for a milestone is read from closures,
 * so that cases cannot import them.
 */
export abstract class CampaignBook {
  /**
   * The condition that an enterprise belongs to any of some campaigns now, for `Conditions`: `{}` stands for their ids.
   * @param enterprise column with its id, a constant of the code
   */
  abstract isMember(enterprise: string): string;

  /** Final dates of the campaigns that it belongs to and that are pursued, `from` or later, the earliest first. */
  abstract finalDates(tx: Transaction, enterpriseId: string, from: string): Promise<string[]>;
}
