import { FLOW_CONDITIONS, STOCK_CONDITIONS } from './counting-statements.js';

/**
 * Which lines a figure counts: what holds at the start or at the end of the period, what happened in it, what held at
 * the end and began in it, what happened at any time before the end; of closures, what happened in it and was not
 * reopened before the end.
 */
type When = 'at_start' | 'at_end' | 'within' | 'at_end_since_start' | 'before_end' | 'within_for_good';

export interface CellLines {
  condition: string;
  when: When;
}

const atEnd = (condition: string): CellLines => ({ condition, when: 'at_end' });
const within = (condition: string): CellLines => ({ condition, when: 'within' });

const { handlingDays: _handlingDays, signFors, signedInTime, ...HAPPENED } = FLOW_CONDITIONS;

/** Every count of a row, and the parts of its rates that are no column themselves. */
export const CELL_LINES = {
  opening: { condition: STOCK_CONDITIONS.onBooks, when: 'at_start' },
  assigned: within(HAPPENED.assigned),
  reopened: within(HAPPENED.reopened),
  transferredIn: within(HAPPENED.transferredIn),
  transferredOut: within(HAPPENED.transferredOut),
  resolved: within(HAPPENED.resolved),
  recovered: within(HAPPENED.recovered),
  solved: within(HAPPENED.solved),
  explained: within(HAPPENED.explained),
  unstated: within(HAPPENED.unstated),
  netResolved: { condition: HAPPENED.resolved, when: 'within_for_good' },
  terminated: within(HAPPENED.terminated),
  closing: atEnd(STOCK_CONDITIONS.onBooks),
  onHold: atEnd(STOCK_CONDITIONS.onHold),
  overdue: atEnd(STOCK_CONDITIONS.overdue),
  cumulativeAssigned: atEnd(STOCK_CONDITIONS.everOnBooks),
  cumulativeResolved: atEnd(STOCK_CONDITIONS.closed),
  cumulativeClosures: { condition: HAPPENED.resolved, when: 'before_end' },
  sentBack: within(HAPPENED.sentBack),
  extended: within(HAPPENED.extended),
  terminatedSoFar: atEnd(STOCK_CONDITIONS.gone),
  closedOnTime: atEnd(STOCK_CONDITIONS.closedOnTime),
  signFors: within(signFors),
  signedInTime: within(signedInTime),
  signForsToDate: { condition: signFors, when: 'before_end' },
  signedInTimeToDate: { condition: signedInTime, when: 'before_end' },
  rated: { condition: STOCK_CONDITIONS.rated, when: 'at_end_since_start' },
  satisfied: { condition: STOCK_CONDITIONS.satisfied, when: 'at_end_since_start' },
  ratedToDate: atEnd(STOCK_CONDITIONS.rated),
  satisfiedToDate: atEnd(STOCK_CONDITIONS.satisfied),
} as const satisfies Record<string, CellLines>;
export type CellColumn = keyof typeof CELL_LINES;

/** What is made of counts has no lines of its own: these are those of its parts. */
export const PARTS_OF = {
  closureRate: ['cumulativeResolved', 'cumulativeAssigned', 'terminatedSoFar'],
  onTimeRate: ['closedOnTime', 'cumulativeResolved', 'overdue'],
  acknowledgedInTimeRate: ['signedInTime', 'signFors'],
  satisfactionRate: ['satisfied', 'rated'],
  meanHandlingWorkingDays: ['resolved'],
  longestOverdueWorkingDays: ['overdue'],
  score: [
    'closedOnTime',
    'cumulativeResolved',
    'overdue',
    'cumulativeAssigned',
    'terminatedSoFar',
    'satisfiedToDate',
    'ratedToDate',
    'signedInTimeToDate',
    'signForsToDate',
    'resolved',
    'sentBack',
    'closing',
  ],
  rank: ['cumulativeAssigned'],
  rankChange: ['cumulativeAssigned'],
} as const satisfies Record<string, readonly CellColumn[]>;
export type MadeColumn = keyof typeof PARTS_OF;
