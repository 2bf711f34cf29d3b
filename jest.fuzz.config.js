import base from './jest.config.js';

/** `npm run test:fuzz`: every operation of the OpenAPI document; seed by FUZZ_SEED, length by FUZZ_RUNS. */
/** @type {import('jest').Config} */
export default {
  ...base,
  roots: ['<rootDir>/test/fuzz'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/fuzz/global-setup.mjs',
  // All of it, however long FUZZ_RUNS makes it: a request that hangs is given up after twenty seconds.
  testTimeout: 3_600_000,
  maxWorkers: 1,
};
