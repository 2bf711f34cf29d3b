import base from './jest.config.js';

/** `npm run test:faults`: real processes killed and cut off; seed by FAULTS_SEED, length by FAULTS_ROUNDS. */
/** @type {import('jest').Config} */
export default {
  ...base,
  roots: ['<rootDir>/test/faults'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/faults/global-setup.mjs',
  globalTeardown: '<rootDir>/test/faults/global-teardown.mjs',
  // One round: it waits for leases of twelve seconds and timers of thirty.
  testTimeout: 240_000,
  maxWorkers: 2,
};
