import { Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { Account } from './account.entity.js';
import { AccountsService } from './accounts.service.js';
import type { Role } from './role.js';

export interface FirstAdministrator {
  role: Role;
  username: string;
  /** For one time. */
  password: string;
}

/** One makes accounts, the other gives them their roles: neither gets far without the other. */
const FIRST: ReadonlyArray<{ role: Role; username: string }> = [
  { role: 'system_admin', username: 'admin' },
  { role: 'security_admin', username: 'security' },
];

/** The way in to a new product. */
@Injectable()
export class FirstAdministrators {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountsService,
  ) {}

  /** Makes those of the two that nobody is yet, the system administrator first. */
  async createMissing(): Promise<FirstAdministrator[]> {
    return this.transactions.run(async (tx) => {
      // Two processes may start at once.
      await tx.query('LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE');
      const made: FirstAdministrator[] = [];
      for (const { role, username: wanted } of FIRST) {
        if (await tx.manager.existsBy(Account, { role })) continue;
        const username = await this.freeName(tx, wanted);
        const { password } = await this.accounts.create(tx, { username, role });
        made.push({ role, username, password });
      }
      return made;
    });
  }

  /** A product from before there were two may have somebody of that name. */
  private async freeName(tx: Transaction, wanted: string): Promise<string> {
    for (let number = 1; ; number += 1) {
      const username = number === 1 ? wanted : `${wanted}-${number}`;
      if (!(await tx.manager.existsBy(Account, { username }))) return username;
    }
  }
}
