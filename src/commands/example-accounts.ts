import { ExampleAccounts } from '../access/example-accounts.js';
import { withProduct } from './with-product.js';

/** Prints one account a role with its password as JSON. */
export async function exampleAccounts(): Promise<void> {
  const accounts = await withProduct((app) => app.get(ExampleAccounts).createMissing());
  process.stdout.write(`${JSON.stringify(accounts)}\n`);
}
