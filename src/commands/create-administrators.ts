import { FirstAdministrators } from '../access/first-administrators.js';
import { withProduct } from './with-product.js';

/** Prints the first administrators with their one-time passwords as JSON, a line each; nothing where both are there. */
export async function createAdministrators(): Promise<void> {
  const made = await withProduct((app) => app.get(FirstAdministrators).createMissing());
  for (const administrator of made) process.stdout.write(`${JSON.stringify(administrator)}\n`);
}
