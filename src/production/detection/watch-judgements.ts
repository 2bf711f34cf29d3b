import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { Judgements } from '../judging/judgements.js';
import type { EnterpriseJudgement } from '../judging/known-production.js';
import { type MilestoneTurn, milestoneTurns } from '../rules/milestones.js';
import { relapse } from '../rules/relapse.js';
import { CandidateStore } from './candidate-store.js';
import type { Evidence } from './candidate-terms.js';
import { type CaseStanding, findingsOf, monthsBetween, type Relapse } from './findings.js';
import { type Step, stepsFor } from './keep-or-raise.js';
import { type KnownCase, KnownCases, lastEnded, liveOf, lockCasesOf } from './known-cases.js';
import { MilestoneStory } from './milestone-story.js';
import { pendingTurns, type RecordedTurn } from './pending-turns.js';

/** What is to be done about one enterprise. */
interface Work {
  judgement: EnterpriseJudgement;
  steps: Step[];
  /** The case whose story goes on by `turns`. */
  caseId: string | null;
  turns: MilestoneTurn[];
}

/**
 * What judgements give reason to: candidates for people, and milestones in the stories of cases, in the transaction
 * that judged. Never a case.
 */
@Injectable()
export class WatchJudgements implements OnModuleInit {
  constructor(
    private readonly judgements: Judgements,
    private readonly cases: KnownCases,
    private readonly candidates: CandidateStore,
    private readonly milestones: MilestoneStory,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
  ) {}

  onModuleInit(): void {
    this.judgements.listen(this);
  }

  /** Looks before it locks: of most enterprises there is nothing to be done, and nobody has to wait for them. */
  async judged(tx: Transaction, judgements: readonly EnterpriseJudgement[], now: Date): Promise<void> {
    const seen = await this.look(tx, judgements, now);
    if (seen.length === 0) return;
    await this.lock(tx, seen);
    const calendar = await this.calendars.current();
    for (const work of await this.look(
      tx,
      seen.map(({ judgement }) => judgement),
      now,
    )) {
      const { judgement, steps, caseId, turns } = work;
      const { enterpriseId, production } = judgement;
      for (const step of steps) {
        const raised = { at: now, origin: 'figures', followUpId: null } as const;
        if (step.do === 'raise')
          await this.candidates.raise(tx, calendar, enterpriseId, step.finding, raised);
        else if (step.do === 'renew') await this.candidates.renew(tx, step.candidate.id, step.finding, now);
        else await this.candidates.lapse(tx, step.candidate.id, step.reason, presentOf(judgement), now);
      }
      if (caseId !== null) await this.milestones.tell(tx, calendar, caseId, turns, production.policy.version);
    }
  }

  private async look(
    tx: Transaction,
    judgements: readonly EnterpriseJudgement[],
    now: Date,
  ): Promise<Work[]> {
    const ids = judgements.map(({ enterpriseId }) => enterpriseId);
    const cases = await this.cases.ofEnterprises(tx, ids);
    const candidates = await this.candidates.of(tx, ids, now);
    const watched = judgements.flatMap((judgement) => {
      const own = cases.get(judgement.enterpriseId) ?? [];
      return this.watchedOf(own, judgement, now) ?? [];
    });
    const told = await this.milestones.told(tx, watched);
    const presentMonth = this.office.dateOf(now).slice(0, 7);
    return judgements.flatMap((judgement) => {
      const own = cases.get(judgement.enterpriseId) ?? [];
      const { open = [], decided = [] } = candidates.get(judgement.enterpriseId) ?? {};
      const { months, production } = judgement;
      const judged = { months, policyVersion: production.policy.version };
      const standing = standingOf(own);
      const findings = findingsOf(judged, standing, relapseOf(judgement, own));
      const known = { judged, cases: standing, open, decided, presentMonth };
      const steps = stepsFor(findings, known, production.policy.parameters.candidateFreshMonths);
      const watchedCase = this.watchedOf(own, judgement, now);
      const turns = watchedCase === undefined ? [] : untold(judgement, watchedCase, told.get(watchedCase.id));
      const caseId = turns.length === 0 ? null : (watchedCase?.id ?? null);
      return steps.length === 0 && turns.length === 0 ? [] : [{ judgement, steps, caseId, turns }];
    });
  }

  /** The case whose production is followed: the live one, else the last that was closed, as long as it can relapse. */
  private watchedOf(
    cases: readonly KnownCase[],
    { production }: EnterpriseJudgement,
    now: Date,
  ): KnownCase | undefined {
    const live = liveOf(cases);
    if (live !== undefined) return live;
    const last = lastEnded(cases);
    if (last === undefined || !last.isResolved || last.endedMonth === null) return undefined;
    const present = this.office.dateOf(now).slice(0, 7);
    const { relapseWatchMonths } = production.policy.parameters;
    return monthsBetween(last.endedMonth, present) <= relapseWatchMonths ? last : undefined;
  }

  /** In the order of all changes: enterprises, then cases, each by id. */
  private async lock(tx: Transaction, works: readonly Work[]): Promise<void> {
    const enterprises = works.map(({ judgement }) => judgement.enterpriseId);
    await tx.query('SELECT 1 FROM enterprises WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [
      enterprises,
    ]);
    await lockCasesOf(tx, enterprises);
  }
}

function standingOf(cases: readonly KnownCase[]): CaseStanding {
  const live = liveOf(cases);
  const ended = lastEnded(cases);
  return {
    live: live === undefined ? null : { id: live.id, distressType: live.distressType },
    ended:
      ended === undefined || ended.endedMonth === null
        ? null
        : { id: ended.id, isResolved: ended.isResolved, endedMonth: ended.endedMonth },
  };
}

function relapseOf({ production }: EnterpriseJudgement, cases: readonly KnownCase[]): Relapse {
  const last = lastEnded(cases);
  if (last === undefined || !last.isResolved || last.endedMonth === null || liveOf(cases) !== undefined)
    return null;
  const { series, stops, baseline, policy } = production;
  const episode = { sinceMonth: last.sinceMonth, closedMonth: last.endedMonth };
  return relapse(series, stops, baseline, episode, policy.parameters);
}

function untold(
  { production }: EnterpriseJudgement,
  { sinceMonth }: KnownCase,
  told: readonly RecordedTurn[] = [],
): MilestoneTurn[] {
  const { series, stops, baseline, policy } = production;
  return pendingTurns(told, milestoneTurns(series, stops, baseline, sinceMonth, policy.parameters));
}

/** What is judged of the last month of which anything is known. */
function presentOf({ months, production }: EnterpriseJudgement): Evidence | null {
  const last = months.findLast(({ status }) => status !== 'unknown');
  if (last === undefined) return null;
  const { status, month, rule, facts } = last;
  return { status, month, rule, facts, months: [month], policyVersion: production.policy.version };
}
