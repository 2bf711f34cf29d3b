import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { CampaignFigures } from '../../production/campaigns/campaign-pace.js';
import type { OverdueEntry, StandingCount } from '../tally/standing-lists.js';
import type { Correction } from '../bulletin/corrections.js';
import type { PeriodAnswer } from '../weekly-answer.js';

/** The issue of the bulletin that a file belongs to; its own files are made before it is published and has a hash. */
export interface IssueStated {
  number: number;
  hash?: string;
  /** RFC 3339. */
  publishedAt?: string;
}

/** What the files of a week or another period are made of, as known at one moment. */
export interface ClosureReport {
  tables: readonly PeriodAnswer[];
  standing: readonly StandingCount[];
  /** Most overdue first, a batch at a time; each call begins anew. `null`: they are not for its reader. */
  overdue: ((subject: SubjectKind) => AsyncIterable<readonly OverdueEntry[]>) | null;
  /** The lists hold only what their reader may see, not all that the tables count. */
  isInSight: boolean;
  campaigns: readonly CampaignFigures[];
  corrections?: readonly Correction[];
  issue: IssueStated | null;
  /** The day up to which the State Council's calendar is known. */
  calendarConfirmedUntil: string;
}
