import type { DistressType, Outcome } from '../../cases/lifecycle/states.js';

/** What begins or ends an episode, as the chain of the case tells it. */
export interface EpisodeTurn {
  caseId: string;
  number: string;
  distressType: DistressType;
  type: 'reported' | 'reopened' | 'resolved' | 'rejected' | 'terminated';
  /** Calendar date of the office. */
  on: string;
  /** Of what ends as `resolved`. */
  outcome: Outcome | null;
}

/** From opening to closing; a case that was reopened has several. */
export interface CaseEpisode {
  caseId: string;
  number: string;
  distressType: DistressType;
  isReopened: boolean;
  openedOn: string;
  closedOn: string | null;
  /** `null`: it is live. */
  end: 'resolved' | 'rejected' | 'terminated' | null;
  outcome: Outcome | null;
}

/** @param turns of any cases, each case's in their order */
export function caseEpisodes(turns: readonly EpisodeTurn[]): CaseEpisode[] {
  const episodes: CaseEpisode[] = [];
  for (const { caseId, number, distressType, type, on, outcome } of turns) {
    if (type === 'reported' || type === 'reopened') {
      const isReopened = type === 'reopened';
      episodes.push({
        caseId,
        number,
        distressType,
        isReopened,
        openedOn: on,
        closedOn: null,
        end: null,
        outcome: null,
      });
      continue;
    }
    const open = episodes.findLast((episode) => episode.caseId === caseId && episode.end === null);
    if (open !== undefined) Object.assign(open, { closedOn: on, end: type, outcome });
  }
  return episodes;
}
