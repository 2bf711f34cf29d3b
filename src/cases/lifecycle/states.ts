export const STATUSES = [
  'reported',
  'assigned',
  'in_progress',
  'verifying',
  'resolved',
  'on_hold',
  'rejected',
  'terminated',
] as const;
export type Status = (typeof STATUSES)[number];

const NOT_LIVE: ReadonlySet<Status> = new Set(['resolved', 'rejected', 'terminated']);
/** A live case or problem is still to be dealt with. */
export const isLive = (status: Status): boolean => !NOT_LIVE.has(status);

export const DISTRESS_TYPES = ['stalled', 'semi_stalled', 'reduced_output'] as const;
export type DistressType = (typeof DISTRESS_TYPES)[number];

export const COMPLEXITIES = ['simple', 'general', 'complex'] as const;
export type Complexity = (typeof COMPLEXITIES)[number];

/** `unstated` is what an imported closure has: closed, but neither recovered (solved) nor explained. */
export const CASE_OUTCOMES = ['recovered', 'explained', 'unstated'] as const;
export const PROBLEM_OUTCOMES = ['solved', 'explained', 'unstated'] as const;
export type Outcome = (typeof CASE_OUTCOMES)[number] | (typeof PROBLEM_OUTCOMES)[number];

export const PROBLEM_CATEGORIES = [
  'land',
  'funds',
  'resources',
  'environment',
  'labour',
  'energy',
  'logistics',
  'market',
  'permits',
  'arrears',
  'technology',
  'other',
] as const;
export type ProblemCategory = (typeof PROBLEM_CATEGORIES)[number];

export const CAUSES = ['government', 'market', 'enterprise'] as const;
export type Cause = (typeof CAUSES)[number];

/** The way of helping follows from the cause and is never typed in. */
export const HELP_BY_CAUSE = { government: 'serve', market: 'coordinate', enterprise: 'guide' } as const;

/** Cases and problems live one and the same life. */
export type SubjectKind = 'case' | 'problem';
