import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fuzz, type Outcome } from './fuzz.js';
import { FuzzedProduct } from './fuzzed-product.js';
import { told } from './told.js';

const SEED = Number(process.env['FUZZ_SEED']);
const RUNS = Number(process.env['FUZZ_RUNS']);
/** Rounds of valid requests, after which an operation counts as beyond reach. */
const PATIENCE = 15;
/** Operations that no request made from the document alone is ever a success of, and why. */
const BEYOND_REACH: Readonly<Record<string, string>> = {
  'POST /api/v1/auth/second-factor/confirm': 'needs a code made from the secret that was shown',
  'DELETE /api/v1/auth/second-factor': 'needs a code, and an account that has enrolled',
  'POST /api/v1/deliveries/{id}/acknowledge': 'needs a reminder to the official of the account itself',
  'POST /api/v1/deliveries/{id}/resolve': 'needs a server that never said what became of a message',
  'POST /api/v1/reminder-policies/test-fire': 'needs an account of the office that is an official’s',
  'POST /api/v1/sms/receipts/{gateway}': 'needs a gateway, and a message that it took',
  'POST /api/v1/sms/receipts/{gateway}/{token}': 'needs a gateway, and a message that it took',
  'POST /api/v1/statistics/weekly/{week}/reissue': 'needs an issue of that week that was withdrawn',
  'PUT /api/v1/statistics/circular-template': 'needs a Word file with variables of the circular',
};

describe(`every operation of the document, seed ${SEED}, ${RUNS} requests of each kind`, () => {
  let product: FuzzedProduct;
  let outcome: Outcome;

  beforeAll(async () => {
    product = await FuzzedProduct.open();
    outcome = await new Fuzz(product, SEED).run(RUNS, PATIENCE);
    console.log(`fuzz: ${outcome.requests} requests`, outcome.statuses);
  });
  afterAll(() => product.close());

  it('answers as the document says, and never by a fault of its own', () => {
    expect(told(outcome.findings)).toEqual([]);
  });

  it('was answered with success at least once', () => {
    expect(outcome.unreached.filter((name) => BEYOND_REACH[name] === undefined)).toEqual([]);
  });

  it('leaves chains, states, deadlines and reminders whole, and the product ready', async () => {
    expect(await product.faults()).toEqual([]);
  });
});
