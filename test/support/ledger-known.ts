import { WorkingCalendar } from '../../src/calendar/working-calendar.js';
import type {
  KnownCase,
  KnownFigure,
  KnownProblem,
  LedgerKnown,
} from '../../src/intake/ledger/ledger-known.js';
import type { LedgerLimit, LedgerPlan } from '../../src/intake/ledger/ledger-plan.js';
import { REPORTING_UNITS } from '../../src/organization/reporting-units.data.js';

// Any calendar serves: what counts is that the same limit gives the same day twice.
const calendar = new WorkingCalendar(new Map(), '2021-12-31');

const dueOn = (assignedOn: string, limit: LedgerLimit): string =>
  limit.dueOn === null ? calendar.add(assignedOn, limit.workingDays) : calendar.onOrBefore(limit.dueOn);

/** What an empty product knows. */
export const NOTHING_KNOWN: LedgerKnown = {
  reportingUnits: REPORTING_UNITS,
  departments: [],
  officials: [],
  enterprises: [],
  cases: [],
  problems: [],
  loadFigures: () => Promise.resolve([]),
  dueOn,
};

const lastOf = (...days: Array<string | null>): string =>
  days.reduce<string>((last, on) => (on && on > last ? on : last), '');

/** What is known once a plan has been carried out on an empty product. */
export function knownAfter(plan: LedgerPlan): LedgerKnown {
  const cases = plan.cases.map((one): KnownCase => {
    const { row, creditCode, distressType, assignedOn, limit, lead, acknowledgedOn, resolvedOn } = one;
    return {
      caseId: `case ${row}`,
      creditCode,
      distressType,
      assignmentId: `assignment ${row}`,
      assignedOn,
      department: lead.department,
      official: lead.name,
      limitWorkingDays: limit.workingDays,
      dueOn: dueOn(assignedOn, limit),
      currentDueOn: dueOn(assignedOn, limit),
      isCurrent: true,
      acknowledgedOn,
      status: resolvedOn ? 'resolved' : acknowledgedOn ? 'in_progress' : 'assigned',
      resolvedOn,
      lastEventOn: lastOf(assignedOn, acknowledgedOn, resolvedOn),
    };
  });
  const problems = plan.problems.map((one): KnownProblem => {
    const {
      row,
      creditCode,
      text,
      category,
      cause,
      assignedOn,
      limit,
      lead,
      coDepartments,
      resolvedOn,
      rating,
    } = one;
    return {
      problemId: `problem ${row}`,
      creditCode,
      text,
      category,
      cause,
      coDepartments,
      ledgerRating: rating,
      lastRating: rating,
      assignmentId: `assignment of problem ${row}`,
      assignedOn,
      department: lead.department,
      official: lead.name,
      limitWorkingDays: limit.workingDays,
      dueOn: dueOn(assignedOn, limit),
      currentDueOn: dueOn(assignedOn, limit),
      isCurrent: true,
      acknowledgedOn: null,
      status: resolvedOn ? 'resolved' : 'assigned',
      resolvedOn,
      lastEventOn: lastOf(assignedOn, resolvedOn),
    };
  });
  const figures = plan.figures.flatMap(
    ({ creditCode, metric, source, months, values, revisions, coversMonths }) =>
      months.map((month, index): KnownFigure => {
        // As a numeric column gives it back.
        const value = Number(values[index]).toFixed(4);
        return {
          creditCode,
          metric,
          source,
          month,
          value,
          revision: revisions[index] ?? 1,
          coversMonths: coversMonths[index] ?? 1,
        };
      }),
  );
  return {
    reportingUnits: REPORTING_UNITS,
    departments: plan.departments.map(({ name, level, reportingUnitCode }) => ({
      name,
      level,
      reportingUnitCode,
      isTaskForce: false,
      isActive: true,
    })),
    officials: plan.officials.map(({ row, ...official }) => ({
      id: `official ${row}`,
      isActive: true,
      ...official,
    })),
    enterprises: plan.enterprises,
    cases,
    problems,
    loadFigures: (creditCodes) => {
      const asked = new Set(creditCodes);
      return Promise.resolve(figures.filter(({ creditCode }) => asked.has(creditCode)));
    },
    dueOn,
  };
}
