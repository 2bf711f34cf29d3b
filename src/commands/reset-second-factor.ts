import { Account } from '../access/account.entity.js';
import { SecondFactor } from '../access/second-factor/second-factor.service.js';
import { Transactions } from '../platform/database/transactions.js';
import { UsageError } from '../run-process.js';
import { withProduct } from './with-product.js';

/** `reset-second-factor USERNAME`: the way back in where no security administrator can sign in any more. */
export async function resetSecondFactor([name]: string[]): Promise<void> {
  if (name === undefined) throw new UsageError('reset-second-factor USERNAME');
  const username = name.toLowerCase();
  await withProduct((app) =>
    app.get(Transactions).run(async (tx) => {
      const account = await tx.manager.findOneBy(Account, { username });
      if (account === null) throw new UsageError(`there is no account ${username}`);
      await app.get(SecondFactor).reset(tx, account.id);
    }),
  );
  process.stdout.write(
    `${username} signs in by password alone, and enrols a second factor where it needs one\n`,
  );
}
