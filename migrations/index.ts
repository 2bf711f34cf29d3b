import { CreateTheLedger1795420800000 } from './1795420800000-create-the-ledger.js';
import { AddHoldsAndExtensions1795424400000 } from './1795424400000-add-holds-and-extensions.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [CreateTheLedger1795420800000, AddHoldsAndExtensions1795424400000];
