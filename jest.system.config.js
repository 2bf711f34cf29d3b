import base from './jest.config.js';

/** `npm run test:system`: what needs packages of the system, named in CONTRIBUTING.md. */
/** @type {import('jest').Config} */
export default {
  ...base,
  roots: ['<rootDir>/test/system'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
  // LibreOffice and a browser each want a processor of their own.
  maxWorkers: 1,
};
