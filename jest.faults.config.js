import base from './jest.config.js';

/** `npm run test:faults`: real processes killed and cut off; seed by FAULTS_SEED, length by FAULTS_ROUNDS. */
/** @type {import('jest').Config} */
export default {
  ...base,
  roots: ['<rootDir>/test/faults'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/faults/global-setup.mjs',
  globalTeardown: '<rootDir>/test/faults/global-teardown.mjs',
  // One round waits for leases of twelve seconds and timers of thirty; longer ones are asked for by flags.
  testTimeout: 600_000 + 120_000 * Number(process.env.FAULTS_MINUTES ?? 0),
  maxWorkers: 2,
};
