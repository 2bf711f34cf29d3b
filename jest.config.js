/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.[tj]s$': '@swc/jest' },
  transformIgnorePatterns: ['/node_modules/(?!(cookie|content-disposition)/)'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/system/',
    '<rootDir>/test/faults/',
    '<rootDir>/test/fuzz/',
    '<rootDir>/test/office/',
    '<rootDir>/test/pictures/',
  ],
  setupFiles: ['reflect-metadata'],
  testTimeout: 60_000,
  // Modules of a finished spec stay in its process, so that in one process each spec would run slower than the last.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  coverageProvider: 'v8',
};
