import { CreateTheLedger1795420800000 } from './1795420800000-create-the-ledger.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [CreateTheLedger1795420800000];
