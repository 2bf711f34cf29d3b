import { hash } from '@node-rs/argon2';
import { Passwords } from '../../src/access/passwords.js';

/** The least that argon2id takes: what it costs in earnest is tested by itself, and each spec signs in a dozen people. */
const COST = { memoryCost: 64, timeCost: 1, parallelism: 1 };

export class QuickPasswords extends Passwords {
  override hash(password: string): Promise<string> {
    return hash(password, COST);
  }
}
