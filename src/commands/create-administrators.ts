import { AccountsService } from '../access/accounts.service.js';
import { withProduct } from './with-product.js';

/** Prints the first administrator and its one-time password as JSON; nothing where there is one already. */
export async function createAdministrator(): Promise<void> {
  const made = await withProduct((app) => app.get(AccountsService).createFirstAdministrator());
  if (made !== null) process.stdout.write(`${JSON.stringify(made)}\n`);
}
