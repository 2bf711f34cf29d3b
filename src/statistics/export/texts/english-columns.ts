import type { ExportTexts } from './export-texts.js';

export const ENGLISH_COLUMNS: ExportTexts['columns'] = {
  opening: { heading: 'Opening', meaning: 'On the books at the start' },
  assigned: { heading: 'New', meaning: 'First assigned or claimed in the period' },
  reopened: { heading: 'Re-\nopened', meaning: 'Closed before, and assigned again in the period' },
  transferredIn: { heading: 'Moved\nin', meaning: 'Moved here from another row of the table in the period' },
  transferredOut: { heading: 'Moved\nout', meaning: 'Moved to another row of the table in the period' },
  resolved: { heading: 'Closed', meaning: 'Closed in the period' },
  recovered: { heading: 'of it\nre-\ncovered', meaning: 'Of the closed: production is shown to be back' },
  solved: { heading: 'of it\nsolved', meaning: 'Of the closed: solved' },
  explained: { heading: 'of it\nex-\nplained', meaning: 'Of the closed: explained to the enterprise' },
  unstated: { heading: 'of it\nun-\nstated', meaning: 'Of the closed: imported without an outcome' },
  terminated: { heading: 'Termi-\nnated', meaning: 'Left the books in the period without closure' },
  closing: { heading: 'Closing', meaning: 'On the books at the end' },
  onHold: { heading: 'On\nhold', meaning: 'Of closing: on hold at the end' },
  overdue: { heading: 'Over-\ndue', meaning: 'Of closing: past its due date at the end' },
  longestOverdueWorkingDays: {
    heading: 'Longest\noverdue,\nworking\ndays',
    meaning:
      'Of the overdue: most working days after the due day, through the last day of the period; 0 when none is overdue',
  },
  cumulativeAssigned: { heading: 'Ever\nassigned', meaning: 'Assigned by the end' },
  cumulativeResolved: { heading: 'Ever\nclosed', meaning: 'Closed at the end; a reopened one is not' },
  closureRate: { heading: 'Closure\nrate', meaning: 'Ever closed ÷ (ever assigned − ever terminated)' },
  onTimeRate: { heading: 'On-time\nrate', meaning: 'Closed on time ÷ (ever closed + overdue)' },
  meanHandlingWorkingDays: {
    heading: 'Mean\nhandling,\nworking\ndays',
    meaning:
      'Of those closed in the period: working days after the first assignment through the closing day, days on hold not counted',
  },
  acknowledgedInTimeRate: {
    heading: 'Signed\nin time',
    meaning: 'Of assignments whose sign-for time fell in the period: signed for in time',
  },
  sentBack: { heading: 'Sent\nback', meaning: 'Closure requests sent back in the period' },
  extended: { heading: 'Ex-\ntended', meaning: 'Extensions approved in the period' },
  satisfactionRate: {
    heading: 'Satis-\nfied',
    meaning: 'Of closures rated in the period: very satisfied, satisfied or fairly satisfied',
  },
  score: {
    heading: 'Score',
    meaning:
      '40 × on-time rate + 25 × closure rate + 20 × satisfied to date + 10 × signed in time to date + 5 × (1 − sent back ÷ (closed + sent back)), what is missing rescaled to 100, less 10 × overdue ÷ closing, not below 0',
  },
  rank: { heading: 'Rank', meaning: 'By score, then by fewer overdue; not ranked below three ever assigned' },
  rankChange: { heading: 'Change', meaning: 'Last rank less this one: positive is up' },
  netResolved: {
    heading: 'Net\nclosed',
    meaning: 'Of the closed: not reopened by the end of the period; “closed” is gross',
  },
  cumulativeClosures: {
    heading: 'Closures\nto date',
    meaning: 'Every closure by the end, gross: also of what was reopened',
  },
};
