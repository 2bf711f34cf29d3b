// Who may import whom: shared by `npm run imports` and CI. A feature not named here may import nothing but platform
// and access, so a new folder has to say what it stands on.

/** Features and what each stands on, besides itself, platform and access. */
const STANDS_ON = {
  calendar: [],
  organization: [],
  enterprises: ['organization'],
  cases: ['enterprises', 'organization', 'calendar'],
  production: ['cases', 'enterprises', 'organization', 'calendar'],
  notifications: ['organization', 'calendar'],
  reminders: ['cases', 'enterprises', 'organization', 'calendar', 'notifications'],
  statistics: ['cases', 'enterprises', 'organization', 'calendar', 'production', 'notifications'],
  intake: ['cases', 'enterprises', 'organization', 'calendar', 'production'],
  webhooks: ['cases'],
  queues: [],
  audit: ['cases'],
};

/** Rules and arithmetic over plain data: they run anywhere, and are tested with literal dates. */
const PURE = [
  '^src/cases/lifecycle/',
  '^src/cases/deadlines/',
  '^src/calendar/(calendar-date|office-time|working-calendar)\\.ts$',
  '^src/enterprises/(credit-code|industries\\.data|production-status|size-class)\\.ts$',
  '^src/reminders/(ladder|plan-rungs|due-rungs|explain-clock|reminder-states)[^/]*\\.ts$',
  '^src/reminders/notices/(figures-round|notices-of-change)\\.ts$',
  '^src/notifications/(channel|rung-code|sending-time|notices/notice-(facts|kinds))\\.ts$',
  '^src/notifications/(gates/(circuit|pace)|robots/group-(figures|texts|wording))\\.ts$',
  '^src/statistics/bulletin/(bulletin-schedule|corrections|issue-content)\\.ts$',
  '^src/statistics/overview/(closure-figures|closures|quantiles|replayed-stock|stock|stock-figures)\\.ts$',
  '^src/statistics/(table/|(grouped|week|period)\\.ts$)',
  '^src/statistics/tally/(tally-line|office-days|derive-lines|known-lines|known-calendars|pieces)\\.ts$',
  '^src/cases/timeline/timeline-texts[^/]*\\.ts$',
  '^src/statistics/circular/(chosen|comparison|done-well|figure-names|phrases[^/]*|sample-facts|sentences|shortfalls)\\.ts$',
  '^src/statistics/circular/template-(values|variables)\\.ts$',
  '^src/webhooks/(event-types|retry-schedule|webhook-message)\\.ts$',
  '^src/production/rules/',
  '^src/production/campaigns/(milestones|pace)\\.ts$',
  '^src/production/figures/(metrics|months|year-to-date|report-rows)\\.ts$',
  '^src/production/plausibility/(implausible|question-texts)\\.ts$',
  '^src/audit/chain/',
  '^src/access/(policy|role)\\.ts$',
  '^src/platform/errors/refusal\\.ts$',
];

/** Time zones and no word of the domain; platform provides it to everyone. */
const OFFICE_TIME = '^src/calendar/office-time\\.ts$';

/** Files that put features together: processes, the command line's verbs, lists of everything. */
const ROOT = '^src/([^/]+\\.ts$|commands/)';

/** Time zones, and nothing that does anything. */
const PURE_PACKAGES = '^node_modules/luxon/';

const featureRules = Object.entries(STANDS_ON).map(([feature, bases]) => ({
  name: `${feature}-stands-on`,
  comment: `${feature} may import ${[...bases, 'platform', 'access'].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${feature}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/(${[feature, ...bases, 'platform', 'access'].join('|')})/`, OFFICE_TIME],
  },
}));

module.exports = {
  forbidden: [
    ...featureRules,
    {
      name: 'feature-is-named',
      comment: 'a folder of src that says here what it stands on',
      severity: 'error',
      from: {
        path: '^src/[^/]+/',
        pathNot: `^src/(platform|access|local|commands|${Object.keys(STANDS_ON).join('|')})/`,
      },
      to: { path: '^src/' },
    },
    {
      name: 'platform-knows-no-feature',
      comment:
        'it provides OfficeTime, which knows time zones only, and says which of its own routes are open to all',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: {
        path: '^src/',
        pathNot: ['^src/platform/', OFFICE_TIME, '^src/access/(decorators|role)\\.ts$'],
      },
    },
    {
      name: 'access-knows-entities-only',
      comment:
        'an account belongs to a department, an official or a reporting unit; access knows these rows, no service',
      severity: 'error',
      from: { path: '^src/access/' },
      to: {
        path: '^src/',
        pathNot: ['^src/(platform|access)/', '^src/organization/[^/]+\\.entity\\.ts$', OFFICE_TIME],
      },
    },
    {
      name: 'local-starts-and-knows-little',
      comment:
        'the launcher runs the product as processes; it shares configuration-free pieces with it, and no feature',
      severity: 'error',
      from: { path: '^src/local/' },
      to: { path: '^src/', pathNot: ['^src/local/', '^src/platform/config/'] },
    },
    {
      name: 'local-is-not-for-production',
      comment: 'nothing of the product needs the launcher',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/local/' },
      to: { path: '^src/local/' },
    },
    {
      name: 'nothing-imports-the-root',
      comment: 'no feature looks up to what puts it together',
      severity: 'error',
      from: { path: '^src/', pathNot: ROOT },
      to: { path: ROOT },
    },
    {
      name: 'pure-stays-pure',
      comment:
        'no Nest, TypeORM, Bull, pg, file or network: types may come from anywhere, they leave no trace',
      severity: 'error',
      from: { path: PURE, pathNot: '\\.spec\\.ts$' },
      to: { pathNot: [...PURE, PURE_PACKAGES], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'a migration says what it did then, whatever the code has become since',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^src/' },
    },
    {
      name: 'source-needs-no-test',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^(test|bench)/', '\\.spec\\.ts$'] },
    },
    {
      name: 'source-needs-no-dev-package',
      comment: 'the image has no development packages',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'package-is-declared',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined', 'unknown'] },
    },
    { name: 'import-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-cycles',
      comment: 'type-only imports leave no trace at run time and may look back',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // What is built of src/, which is looked at itself.
    exclude: { path: '^(\\.\\./)*dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
