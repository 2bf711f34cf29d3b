import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { Chosen } from './chosen.js';
import type { OverdueLine } from './circular-facts.js';
import { LEAST_SCORE } from './done-well.js';
import { FIGURE_NAMES, percent } from './figure-names.js';
import type { Phrases, Rows, Tally } from './phrases.js';
import type { Week } from '../week.js';

const SUBJECT: Record<SubjectKind, readonly [one: string, many: string]> = {
  case: ['enterprise', 'enterprises'],
  problem: ['problem', 'problems'],
};
const TABLE: Record<Rows, string> = { units: 'reporting units', departments: 'lead departments' };
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const day = (on: string): string => `${Number(on.slice(8))} ${MONTHS[Number(on.slice(5, 7)) - 1]}`;
const date = (on: string): string => `${day(on)} ${on.slice(0, 4)}`;
const days = ({ mondayOn, sundayOn }: Week): string => `${day(mondayOn)} to ${day(sundayOn)}`;
const many = (subject: SubjectKind): string => SUBJECT[subject][1];
const counted = (subject: SubjectKind, count: number): string =>
  `${count} ${SUBJECT[subject][count === 1 ? 0 : 1]}`;
const workingDays = (count: number): string => `${count} working ${count === 1 ? 'day' : 'days'}`;
const isOrAre = (count: number): string => (count === 1 ? 'is' : 'are');
const tallied = (tallies: readonly Tally[]): string =>
  tallies.map(({ column, count }) => `${count} ${FIGURE_NAMES[column].en}`).join(', ');
const listed = <Item>({ named, unnamed }: Chosen<Item>, say: (item: Item) => string): string =>
  named.map(say).join(', ') + (unnamed > 0 ? ` and ${unnamed} more` : '');
const moved = (name: string, by: number): string =>
  by === 0 ? `${name} unchanged` : `${name} ${by > 0 ? 'up' : 'down'} by ${Math.abs(by)}`;
const late = ({ overdueWorkingDays: count }: OverdueLine): string =>
  count === 0 ? 'less than a working day late' : `${workingDays(count)} late`;

export const ENGLISH: Phrases = {
  locale: 'en',
  paragraph: (sentences) => sentences.join(' '),
  issueLine: (issue, publishedIn) => {
    if (issue !== null) return `No. ${issue.number}`;
    return publishedIn === null
      ? '(draft, not numbered)'
      : `(published as No. ${publishedIn}; this was made anew, what was published prevails)`;
  },
  date,
  weekLine: (week) => `Week ${Number(week.name.slice(6))} of ${week.name.slice(0, 4)} (${days(week)})`,
  knownLine: (knownUntil) => `As known at ${knownUntil}`,
  provisional: 'The week has not ended; the figures are provisional.',
  subject: { case: 'enterprises', problem: 'problems' },
  table: TABLE,
  countyLed: 'Led by counties',
  andMore: (shown, all, subject, isWhole) =>
    shown === 0
      ? `Overdue: ${counted(subject, all)}; they are not named here.`
      : isWhole
        ? `Listed are the ${shown} most overdue of ${counted(subject, all)}; ${all - shown} more are not listed.`
        : `Overdue in the city: ${counted(subject, all)}; listed are only the ${shown} that the reader may see.`,
  copies: (offices) => offices.join(', '),

  until: (week, knownUntil) => (knownUntil === null ? `By ${day(week.sundayOn)}` : `By ${knownUntil}`),
  neverAssigned: (until, subject) => `${until} no ${many(subject)} had been assigned in the city.`,
  allTerminated: (until, subject, assigned) =>
    `${until} ${counted(subject, assigned)} had been assigned in the city; every one was terminated.`,
  cumulative: (until, subject, { cumulativeAssigned, cumulativeResolved, closureRate }) =>
    `${until} ${counted(subject, cumulativeAssigned)} had been assigned in the city and ${cumulativeResolved} closed: a closure rate of ${percent(closureRate)}.`,
  nothingOnBooks: (subject) => `No ${many(subject)} were on the books.`,
  onBooks(subject, closing, of, longest) {
    const isLate = of.some(({ column }) => column === 'overdue');
    const among = of.length > 0 ? `, of them ${tallied(of)}` : '';
    const end = isLate
      ? longest > 0
        ? `; the longest is ${workingDays(longest)} late`
        : '; each less than a working day late'
      : '; none overdue';
    return `On the books: ${counted(subject, closing)}${among}${end}.`;
  },
  flow(subject, flows, outcomes) {
    const name = SUBJECT[subject][1];
    if (flows.length === 0) return `In the week no ${name} were assigned and none closed.`;
    const told = outcomes.length > 0 ? `; of the closed ${tallied(outcomes)}` : '; none closed';
    return `In the week, ${name}: ${tallied(flows)}${told}.`;
  },
  netOfWeek: (subject, gross, net) =>
    `Closures in the week: ${gross}; net of what was reopened, ${counted(subject, net)}.`,
  netToDate: (subject, gross, net) =>
    `Closures to date: ${gross}; net of what was reopened, ${counted(subject, net)}.`,
  meanHandling: (subject, count) =>
    `The ${many(subject)} closed in the week took ${count} working days on average.`,
  nothingBefore: (subject) =>
    `No ${many(subject)} had been assigned before the week; there is nothing to compare with.`,
  compared(_subject, { closing, overdue, resolved, closureRate }, isWhole) {
    const parts = [moved('on the books', closing), moved('overdue', overdue)];
    if (closureRate !== null)
      parts.push(
        closureRate === 0
          ? 'closure rate unchanged'
          : `closure rate ${closureRate > 0 ? 'up' : 'down'} by ${(Math.abs(closureRate) / 100).toFixed(2)} percentage points`,
      );
    const flow =
      resolved === 0
        ? '; as many closed as in the week before'
        : `; ${Math.abs(resolved)} ${resolved > 0 ? 'more' : 'fewer'} closed than in the week before`;
    return `Against the end of the week before: ${parts.join(', ')}${isWhole ? flow : ''}.`;
  },

  commended: (of, rows) =>
    `Foremost ${TABLE[of]} by score: ${listed(rows, ({ name, rank, score }) => `${name} (rank ${rank}, ${score.toFixed(2)} points)`)}.`,
  closedMost: (of, rows) =>
    `${TABLE[of] === TABLE.units ? 'Reporting units' : 'Lead departments'} that closed most in the week: ${listed(rows, ({ name, resolved }) => `${name} (${resolved})`)}.`,
  nobodyCommended: `No reporting unit and no lead department met the conditions for commendation (among the first three ranks and in the better half of them, ${LEAST_SCORE} points or more, a closure rate not below the city's).`,

  noneOverdue: (subject) => `No ${many(subject)} are overdue.`,
  longestOverdue: (subject, { named }, isWhole) =>
    `Longest overdue ${many(subject)}${isWhole ? '' : ' of those that the reader may see'}: ${named.map((line) => `${line.enterprise} (${line.number}, ${line.unitName}, led by ${line.department}, ${late(line)})`).join('; ')}.`,
  overdue: (subject, count) => `Overdue: ${counted(subject, count)}.`,
  lowestRates: (of, city, rows) =>
    `Lowest closure rates of enterprises among ${TABLE[of]} below the city's ${percent(city)}: ${listed(rows, ({ name, closureRate }) => `${name} (${percent(closureRate)})`)}.`,
  sentBack: (subject, count, rows) =>
    `Sent back in the week: ${counted(subject, count)}: ${listed(rows, ({ name, sentBack }) => `${name} (${sentBack})`)}.`,
  noneSentBack: (subject) => `No ${many(subject)} were sent back in the week.`,

  due: (week, subject, count) =>
    `Next week (${days(week)}) ${counted(subject, count)} ${count === 1 ? 'falls' : 'fall'} due.`,
  noneDue: (week, subject) => `Next week (${days(week)}) no ${many(subject)} fall due.`,
  verifying: (subject, count) =>
    `${counted(subject, count)} ${isOrAre(count)} waiting to be verified within the limit.`,
  holdsToReview: (week, subject, count) =>
    `${counted(subject, count)} on hold ${count === 1 ? 'comes' : 'come'} up for review next week (${days(week)}).`,
  stillOverdue: (subject, count) =>
    `${counted(subject, count)} ${isOrAre(count)} overdue already; the lead departments are to close them.`,
};
