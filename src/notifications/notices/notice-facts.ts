import type { Channel } from '../channel.js';
import type { NoticeKind } from './notice-kinds.js';

/** What a notice says beside its number, owner and deadline, which are read when it is sent: no contact data. */
export interface NoticeFacts {
  /** Calendar date by which it is to be signed for, office time. */
  assigned: { acknowledgeOn: string };
  co_handling: Record<string, never>;
  sent_back: Record<string, never>;
  extension_decided: { decision: 'approved' | 'refused' };
  /** Of one department's row: cases on the books so far, its closure rate from 0 to 1, those overdue. */
  weekly_published: { week: string; assigned: number; closureRate: number | null; overdue: number };
  /** Enterprises with a live case of which nothing is known of that month (`YYYY-MM`), in that unit. */
  production_report_due: { month: string; unitName: string; enterprises: number; withoutContact?: number };
  /** `isLastCall`: nothing has been heard on the last working day of the round. */
  figures_due: { month: string; isLastCall: boolean };
  /** No amounts: which figure of which month. */
  figure_query: { month: string; metric: string };
  /** `days` after closure; `isSecond`: it was due some days ago and is not recorded. */
  follow_up_due: { followUpId: string; days: number; isSecond: boolean };
  /** `months`: those in which output was low again. */
  relapse_proposed: { months: string[] };
  /** Open ones of each kind together, and since when the oldest has waited. */
  candidates_waiting: { week: string; candidates: number };
  issue_prepared: { week: string; year: number; number: number };
  weekly_issue: IssueFacts;
  test: TestFacts;
}

/** An issue of the bulletin as it is sent to one subscriber. */
export interface IssueFacts {
  week: string;
  year: number;
  number: number;
  /** Number of the withdrawn issue in whose place it stands. */
  replacesNumber: number | null;
  attached: AttachedFile[];
  /** Too large to go along: to be fetched with one's own account. */
  linked: Array<{ name: string; path: string }>;
}

/** A file that goes along with a mail, in the file store under its hash. */
export interface AttachedFile {
  name: string;
  mediaType: string;
  sha256: string;
}

/** What a test is a sample of. */
export type TestFacts = { channels: readonly Channel[] } & (
  { rung: string; offsetWorkingDays: number } | { kind: Exclude<NoticeKind, 'test'> }
);
