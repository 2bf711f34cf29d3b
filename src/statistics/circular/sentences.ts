import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { chosen } from './chosen.js';
import type { CircularFacts, SubjectFacts } from './circular-facts.js';
import { compare } from './comparison.js';
import { closedMost, commended } from './done-well.js';
import type { Phrases, Tally } from './phrases.js';
import { lowestClosureRates, sentBackTo } from './shortfalls.js';
import { nextWeek as weekAfter } from '../week.js';
import type { WeeklyColumns } from '../table/columns.js';

/** The four parts of a circular in words, a string a paragraph. */
export interface CircularSentences {
  overall: string[];
  doneWell: string[];
  shortfalls: string[];
  nextWeek: string[];
}

const SUBJECTS: readonly SubjectKind[] = ['case', 'problem'];
/** So many of the longest overdue are named in the text; the list names more. */
const MOST_OVERDUE_NAMED = 3;

/** What is said of these facts. Each sentence is left out, or said the other way, where it would not be true. */
export function sentencesOf(facts: CircularFacts, phrases: Phrases): CircularSentences {
  // A paragraph for the enterprises, and one for the problems.
  const each = (say: (subject: SubjectKind, told: SubjectFacts) => string[]): string[] =>
    SUBJECTS.map((subject) => phrases.paragraph(say(subject, facts.subjects[subject])));
  return {
    overall: each((subject, told) => overall(subject, told, facts, phrases)),
    doneWell: doneWell(facts.subjects.case, phrases),
    shortfalls: [
      ...each((subject, told) => overdue(subject, told, phrases)),
      ...closureRates(facts.subjects.case, phrases),
      phrases.paragraph(SUBJECTS.map((subject) => sentBack(subject, facts.subjects[subject], phrases))),
    ],
    nextWeek: each((subject, told) => comingUp(subject, told, facts, phrases)),
  };
}

const above0 = (total: WeeklyColumns, columns: ReadonlyArray<keyof WeeklyColumns>): Tally[] =>
  columns.map((column) => ({ column, count: total[column] ?? 0 })).filter(({ count }) => count > 0);

function overall(
  subject: SubjectKind,
  { byUnit: { total }, before }: SubjectFacts,
  { week, knownUntil, isProvisional }: CircularFacts,
  phrases: Phrases,
): string[] {
  const until = phrases.until(week, isProvisional ? knownUntil : null);
  const { cumulativeAssigned, closureRate } = total;
  if (cumulativeAssigned === 0) return [phrases.neverAssigned(until, subject)];
  const told = [
    // Everything that was assigned was terminated: there is no rate then.
    closureRate === null
      ? phrases.allTerminated(until, subject, cumulativeAssigned)
      : phrases.cumulative(until, subject, { ...total, closureRate }),
  ];
  told.push(
    total.closing === 0
      ? phrases.nothingOnBooks(subject)
      : phrases.onBooks(
          subject,
          total.closing,
          above0(total, ['onHold', 'overdue']),
          total.longestOverdueWorkingDays,
        ),
  );
  told.push(
    phrases.flow(
      subject,
      above0(total, ['assigned', 'reopened', 'resolved', 'terminated']),
      above0(total, ['recovered', 'solved', 'explained', 'unstated']),
    ),
  );
  if (total.netResolved < total.resolved)
    told.push(phrases.netOfWeek(subject, total.resolved, total.netResolved));
  if (total.cumulativeResolved < total.cumulativeClosures)
    told.push(phrases.netToDate(subject, total.cumulativeClosures, total.cumulativeResolved));
  if (total.meanHandlingWorkingDays !== null)
    told.push(phrases.meanHandling(subject, total.meanHandlingWorkingDays));
  told.push(
    before === null
      ? phrases.nothingBefore(subject)
      : phrases.compared(subject, compare(total, before), !isProvisional),
  );
  return told;
}

function doneWell({ byUnit, byLead }: SubjectFacts, phrases: Phrases): string[] {
  const told: string[] = [];
  const units = commended(byUnit);
  const departments = commended(byLead);
  if (units.named.length > 0) told.push(phrases.commended('units', units));
  if (departments.named.length > 0) told.push(phrases.commended('departments', departments));
  if (told.length === 0) told.push(phrases.nobodyCommended);
  const closing = [['units', closedMost(byUnit)] as const, ['departments', closedMost(byLead)] as const];
  for (const [of, rows] of closing) if (rows.named.length > 0) told.push(phrases.closedMost(of, rows));
  return told;
}

function overdue(
  subject: SubjectKind,
  { byUnit, overdue: listed }: SubjectFacts,
  phrases: Phrases,
): string[] {
  const { overdue: count } = byUnit.total;
  if (count === 0) return [phrases.noneOverdue(subject)];
  const longest = chosen(listed.lines, MOST_OVERDUE_NAMED);
  const named = longest.named.length > 0 ? [phrases.longestOverdue(subject, longest, listed.isWhole)] : [];
  return [phrases.overdue(subject, count), ...named];
}

function closureRates({ byUnit, byLead }: SubjectFacts, phrases: Phrases): string[] {
  const city = byUnit.total.closureRate;
  if (city === null) return [];
  const lowest = [
    ['units', lowestClosureRates(byUnit)] as const,
    ['departments', lowestClosureRates(byLead)] as const,
  ];
  return lowest.flatMap(([of, rows]) => (rows.named.length > 0 ? [phrases.lowestRates(of, city, rows)] : []));
}

function sentBack(subject: SubjectKind, { byLead }: SubjectFacts, phrases: Phrases): string {
  const { sentBack: count } = byLead.total;
  return count === 0 ? phrases.noneSentBack(subject) : phrases.sentBack(subject, count, sentBackTo(byLead));
}

function comingUp(
  subject: SubjectKind,
  { ahead: { due, verifying, holdsToReview }, byUnit }: SubjectFacts,
  { week }: CircularFacts,
  phrases: Phrases,
): string[] {
  const next = weekAfter(week);
  const told = [due === 0 ? phrases.noneDue(next, subject) : phrases.due(next, subject, due)];
  if (verifying > 0) told.push(phrases.verifying(subject, verifying));
  if (holdsToReview > 0) told.push(phrases.holdsToReview(next, subject, holdsToReview));
  if (byUnit.total.overdue > 0) told.push(phrases.stillOverdue(subject, byUnit.total.overdue));
  return told;
}
