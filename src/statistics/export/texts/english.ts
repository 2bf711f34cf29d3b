import type { SubjectKind } from '../../../cases/lifecycle/states.js';
import type { By } from '../../table/groupings.js';
import { plainName } from '../file-name.js';
import { ENGLISH_COLUMNS } from './english-columns.js';
import type { ExportTexts } from './export-texts.js';

const SUBJECTS: ExportTexts['subjects'] = {
  case: { name: 'Cases', unit: 'cases' },
  problem: { name: 'Problems', unit: 'problems' },
};
const TITLES: Record<SubjectKind, string> = {
  case: 'Halted and reduced enterprises',
  problem: 'Problems of enterprises',
};
const BYS: Record<By, { title: string; heading: string }> = {
  reportingUnit: { title: 'by unit', heading: 'Reporting unit' },
  leadDepartment: { title: 'by department', heading: 'Lead department' },
};

const period: ExportTexts['period'] = ({ name, fromOn, throughOn }) => {
  const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(name) ?? [];
  const called = year === undefined ? name : `Week ${Number(week)} of ${year}`;
  return `${called} (${fromOn} to ${throughOn})`;
};

export const ENGLISH: ExportTexts = {
  locale: 'en',
  fonts: { body: 'Arial', heading: 'Arial' },
  fileName: plainName,
  pages: '&CPage &P of &N',
  yes: 'yes',
  no: 'no',
  total: 'City',
  rowNames: { any: { county_led: 'Led by counties' } },
  unchanged: '=',
  subjects: SUBJECTS,
  bys: BYS,
  states: {
    assigned: 'assigned',
    in_progress: 'in progress',
    verifying: 'verifying',
    on_hold: 'on hold',
    returned: 'returned',
  },
  distressTypes: { stalled: 'stalled', semi_stalled: 'semi-stalled', reduced_output: 'reduced output' },
  milestones: { resumed: 'resumed', capacity_restored: 'capacity restored', on_target: 'on target' },
  bands: {
    flow: 'In the week',
    books: 'On the books at the end',
    toDate: 'To date',
    quality: 'Quality in the week',
    rating: 'Rating',
  },
  columns: ENGLISH_COLUMNS,
  period,
  knownUntil: (moment) => `as known on ${moment}`,
  counted: (unit) => `in ${unit}`,
  provisional: '(the week is not over: provisional)',
  weekly: {
    sheet: (number, subject, by) => `T${number} ${SUBJECTS[subject].name} ${BYS[by].title}`,
    title: (number, subject, by) => `Table ${number}: ${TITLES[subject]}, weekly closure (${BYS[by].title})`,
    key: 'Code',
    name: 'Name',
    notes: [
      'Closing = opening + new + reopened + moved in − closed − terminated − moved out. Closure rate = ever closed ÷ (ever assigned − ever terminated). On-time rate = closed on time ÷ (ever closed + overdue).',
      '“—”: there is nothing to compute it from. With fewer than three ever assigned a row is listed, not ranked. Change: against last week’s rank.',
    ],
  },
  overdue: {
    sheet: (subject) => `T3 Overdue ${SUBJECTS[subject].unit}`,
    title: (subject) => `Table 3: Overdue ${SUBJECTS[subject].unit}`,
    order: 'most overdue first',
    inSight: 'only what this account may see',
    none: 'None is overdue.',
    more: (listed) => `Only the first ${listed} are listed here; the CSV export has all of them.`,
    ordinal: 'No.',
    headings: {
      number: 'Number',
      enterprise: 'Enterprise',
      creditCode: 'Credit code',
      unitName: 'Reporting unit',
      department: 'Lead department',
      official: 'Official',
      state: 'State',
      dueAt: 'Due',
      overdueWorkingDays: 'Working days overdue',
      isOnHold: 'On hold',
    },
  },
  standing: {
    sheet: 'T4 Distressed by state',
    title: 'Table 4: Distressed enterprises on the books, by state',
    none: 'None is on the books.',
    headings: {
      unitCode: 'Code',
      unitName: 'Reporting unit',
      distressType: 'Production',
      total: 'Total',
    },
  },
  targets: {
    sheet: 'T5 Targets',
    title: 'Table 5: Targets of campaigns',
    none: 'No campaign has been set up.',
    headings: {
      name: 'Campaign',
      milestone: 'Milestone',
      target: 'Target',
      members: 'Members',
      reached: 'Reached',
      expected: 'Expected by pace',
      isBehind: 'Pace',
      elapsed: 'Working days elapsed',
      startsOn: 'From',
      finalOn: 'Final date',
    },
    isBehind: { true: 'behind', false: 'on pace' },
  },
  corrections: {
    sheet: 'Corrections',
    title: 'Corrections of earlier issues',
    none: 'No figure has changed.',
    headings: {
      week: 'Week',
      issueNumber: 'Issue',
      table: 'Table',
      row: 'Row',
      column: 'Column',
      was: 'Published',
      now: 'Now',
    },
  },
  charts: {
    sheet: 'Charts',
    title: 'Weekly closure in charts',
    closureRate: (by) => `Closure rate (${by})`,
    overdue: (by) => `Closing, and overdue of it (${by})`,
  },
  cover: {
    sheet: 'About',
    title: 'Halted and reduced enterprises: weekly closure',
    facts: {
      period: 'Period',
      asOf: 'As known on',
      isProvisional: 'Provisional',
      calendar: 'Working days',
      issue: 'Issue',
      publishedAt: 'Published',
      hash: 'Hash',
      timeZone: 'Time zone',
    },
    confirmedUntil: (on) => `by the State Council’s calendar, confirmed to ${on}`,
    notIssued: 'not published',
    issueNumber: (number) => `No. ${number}`,
    columns: 'Column',
    meaning: 'Meaning',
  },
};
