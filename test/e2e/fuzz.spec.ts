import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fuzz } from '../fuzz/fuzz.js';
import { FuzzedProduct } from '../fuzz/fuzzed-product.js';
import { told } from '../fuzz/told.js';

/** The same requests at every run; `npm run test:fuzz` sends others, and many more. */
const SEED = 1;
const RUNS = 1;

describe('every operation of the document, asked well and badly', () => {
  let product: FuzzedProduct;

  beforeAll(async () => {
    product = await FuzzedProduct.open();
  });
  afterAll(() => product.close());

  it('answers as the document says, and nothing is broken afterwards', async () => {
    const { findings, requests } = await new Fuzz(product, SEED).run(RUNS);
    expect(requests).toBeGreaterThan(400);
    expect(told(findings)).toEqual([]);
    expect(await product.faults()).toEqual([]);
  }, 180_000);
});
