import base from './jest.config.js';

/** `npm run coverage`: the pure rules, by their unit specs alone; below 95 % of branches anywhere it fails. */
/** @type {import('jest').Config} */
export default {
  ...base,
  roots: ['<rootDir>/src'],
  collectCoverage: true,
  collectCoverageFrom: [
    'src/cases/lifecycle/*.ts',
    'src/cases/deadlines/*.ts',
    'src/calendar/{calendar-date,office-time,working-calendar,state-council-calendar}.ts',
    'src/reminders/{ladder,plan-rungs}.ts',
    'src/notifications/sending-time.ts',
    'src/statistics/week.ts',
    'src/statistics/table/*.ts',
    '!**/*.spec.ts',
  ],
  coverageReporters: ['text'],
  coverageThreshold: {
    'src/cases/lifecycle/': { branches: 95 },
    'src/cases/deadlines/': { branches: 95 },
    'src/calendar/': { branches: 95 },
    'src/reminders/': { branches: 95 },
    'src/statistics/': { branches: 95 },
  },
};
