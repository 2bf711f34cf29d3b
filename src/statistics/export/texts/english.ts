import type { SubjectKind } from '../../../cases/lifecycle/states.js';
import type { By } from '../../table/groupings.js';
import { plainName } from '../file-name.js';
import { texts as timeline } from '../../../cases/timeline/timeline-texts.en.js';
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
  distressType: { title: 'by production', heading: 'Production' },
  category: { title: 'by category', heading: 'Category' },
  cause: { title: 'by cause', heading: 'Cause' },
  size: { title: 'by size', heading: 'Size of enterprise' },
  industry: { title: 'by industry', heading: 'Industry' },
  official: { title: 'by official', heading: 'Official' },
};

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `Week 44 of 2021`, `October 2021`, `Q4 of 2021`, `2021`; a range of weeks under its own name. */
const period: ExportTexts['period'] = ({ period: name, startOn, lastOn }) => {
  const [, year, kind, number] = /^(\d{4})(?:-(W|Q|)(\d{1,2}))?$/.exec(name) ?? [];
  const called = {
    W: `Week ${Number(number)} of ${year}`,
    Q: `Q${number} of ${year}`,
    '': `${MONTHS[Number(number) - 1]} ${year}`,
  };
  return `${number === undefined ? name : called[kind as keyof typeof called]} (${startOn} to ${lastOn})`;
};

export function english(isWeek: boolean): ExportTexts {
  const [now, weekly] = isWeek ? ['week', 'weekly closure'] : ['period', 'closure'];
  return {
    locale: 'en',
    fonts: { body: 'Arial', heading: 'Arial' },
    fileName: plainName,
    pages: '&CPage &P of &N',
    yes: 'yes',
    no: 'no',
    total: 'City',
    rowNames: {
      leadDepartment: { county_led: 'Led by counties' },
      distressType: timeline.words['distressType'],
      category: timeline.words['category'],
      cause: { government: 'government', market: 'market', enterprise: 'enterprise' },
      size: { large: 'large', medium: 'medium', small: 'small', micro: 'micro' },
    },
    unstated: 'not stated',
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
    milestones: {
      recovered: 'recovered',
      resumed: 'resumed',
      capacity_restored: 'capacity restored',
      on_target: 'on target',
      full_capacity: 'at full capacity',
      project_completed: 'completed',
      in_production: 'in production',
    },
    bands: {
      flow: `In the ${now}`,
      books: 'On the books at the end',
      toDate: 'To date',
      quality: `Quality in the ${now}`,
      rating: 'Rating',
      net: 'Net of reopened',
    },
    columns: ENGLISH_COLUMNS,
    period,
    knownUntil: (moment) => `as known on ${moment}`,
    counted: (unit) => `in ${unit}`,
    provisional: `(the ${now} is not over: provisional)`,
    weekly: {
      sheet: (number, subject, by) =>
        `${number === undefined ? '' : `T${number} `}${SUBJECTS[subject].name} ${BYS[by].title}`,
      title: (number, subject, by) =>
        `${number === undefined ? '' : `Table ${number}: `}${TITLES[subject]}, ${weekly} (${BYS[by].title})`,
      key: 'Code',
      name: 'Name',
      notes: [
        'Closing = opening + new + reopened + moved in − closed − terminated − moved out. Closure rate = ever closed ÷ (ever assigned − ever terminated). On-time rate = closed on time ÷ (ever closed + overdue).',
        '“—”: there is nothing to compute it from. With fewer than three ever assigned a row is listed, not ranked. Change: against the rank before.',
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
      production: {
        normal: 'Figures: normal',
        reduced_output: 'Figures: reduced',
        semi_stalled: 'Figures: semi-stalled',
        stalled: 'Figures: stalled',
        suspected: 'Figures: suspected',
        unknown: 'Figures: unknown',
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
      title: isWeek ? 'Weekly closure in charts' : 'Closure in charts',
      closureRate: (by) => `Closure rate (${by})`,
      overdue: (by) => `Closing, and overdue of it (${by})`,
    },
    cover: {
      sheet: 'About',
      title: `Halted and reduced enterprises: ${weekly}`,
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
      publishedAs: (number) =>
        `published as No. ${number}; this file was exported anew, what was published prevails`,
      columns: 'Column',
      meaning: 'Meaning',
    },
  };
}
