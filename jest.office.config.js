import base from './jest.config.js';

/** `npm run test:office`: every export, opened by LibreOffice and read back. */
/** @type {import('jest').Config} */
export default {
  ...base,
  roots: ['<rootDir>/test/office'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/office/global-setup.mjs',
  testTimeout: 600_000,
  maxWorkers: 1,
};
