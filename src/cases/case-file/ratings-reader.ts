import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { caseScope, problemScope } from '../../access/scope.js';
import { Reader } from '../../platform/database/reader.js';
import { Where } from '../../platform/http/list-reader.js';
import { NewestFirstReader } from '../../platform/http/newest-first.js';
import type { Page, PageQuery } from '../../platform/http/paging.js';
import { SUBJECT_TABLES, type SubjectRef } from '../subject.js';
import type { SubjectKind } from '../lifecycle/states.js';
import { RecoveryBook } from '../recovery-book.js';
import { SubjectSight } from '../subject-sight.js';
import type { RatingPage, RatingView, ReopenProposalView } from './entry-views.js';
import { UNSATISFIED } from './rate-closure.js';

type ProposalRow = ReopenProposalView & { proposalId: string };

/** Where reopening is proposed follows from the ratings: no flag that could say something else. */
const LOWER_TWO = `('${UNSATISFIED.join(`', '`)}')`;
/** The last rating of the present closure of `s`, where it is one of the lower two. */
const unsatisfied = (kind: SubjectKind): string =>
  `JOIN LATERAL (
     SELECT r.id, r.rating, r.comment, r.effective_at FROM ratings r
      WHERE r.${kind}_id = s.id AND r.effective_at >= s.resolved_at
      ORDER BY r.effective_at DESC, r.recorded_at DESC, r.id DESC LIMIT 1) last
   ON s.status = 'resolved' AND last.rating IN ${LOWER_TWO}`;

const OWNER_NAMES = {
  case: {
    columns: `e.name AS "enterpriseName", NULL AS "projectName"`,
    joins: 'JOIN enterprises e ON e.id = s.enterprise_id',
  },
  problem: {
    columns: 'e.name, j.name',
    joins: 'LEFT JOIN enterprises e ON e.id = s.enterprise_id LEFT JOIN projects j ON j.id = s.project_id',
  },
} as const satisfies Record<SubjectKind, object>;

@Injectable()
export class RatingsReader {
  constructor(
    private readonly reader: Reader,
    private readonly sight: SubjectSight,
    private readonly lists: NewestFirstReader,
    private readonly recovery: RecoveryBook,
  ) {}

  async ratings(actor: AccountActor, ref: SubjectRef, query: PageQuery): Promise<RatingPage> {
    await this.sight.require(actor, ref);
    const page = await this.lists.page<RatingView, RatingView>(
      {
        name: `ratings:${ref.id}`,
        select: `r.id, r.rating, r.source, r.comment, r.effective_at AS "effectiveAt", r.recorded_at AS "recordedAt"`,
        from: 'ratings r',
        keys: [['r.id', 'uuid']],
        positionOf: (row) => [row.id],
      },
      new Where().add(ref.id, (id) => `r.${ref.kind}_id = ${id}`),
      query,
      (row) => row,
    );
    const [proposal] = await this.reader.query<{ at: Date }>(
      `SELECT last.effective_at AS at FROM ${SUBJECT_TABLES[ref.kind]} s ${unsatisfied(ref.kind)} WHERE s.id = $1`,
      [ref.id],
    );
    return { ...page, reopenProposedAt: proposal?.at ?? null };
  }

  /** What the asker sees of the closed cases and problems whose enterprise was not satisfied, or has relapsed; the newest first. */
  proposals(actor: AccountActor, query: PageQuery): Promise<Page<ReopenProposalView>> {
    const ofCase = caseScope(actor, 's', 1);
    const ofProblem = problemScope(actor, 's', 1);
    const proposed = (kind: SubjectKind, scope: string): string =>
      `SELECT '${kind}' AS kind, s.id, s.number, ${OWNER_NAMES[kind].columns}, s.resolved_at AS "resolvedAt",
              last.id AS "proposalId", 'rating' AS cause, NULL::uuid AS "candidateId", last.rating, last.comment,
              last.effective_at AS "reopenProposedAt"
         FROM ${SUBJECT_TABLES[kind]} s ${unsatisfied(kind)}
         ${OWNER_NAMES[kind].joins}
        WHERE ${scope}`;
    const relapsed = `SELECT 'case', s.id, s.number, ${OWNER_NAMES.case.columns}, s.resolved_at,
              last.id, 'relapse', last.id, NULL, last.comment, last.proposed_at
         FROM cases s JOIN (${this.recovery.relapses}) last ON last.case_id = s.id AND s.status = 'resolved'
         ${OWNER_NAMES.case.joins}
        WHERE ${ofCase.sql}`;
    const where = new Where();
    where.parameters.push(...ofCase.parameters);
    return this.lists.page<ProposalRow, ReopenProposalView>(
      {
        name: 'reopen-proposals',
        select: '*',
        from: `(${proposed('case', ofCase.sql)} UNION ALL ${proposed('problem', ofProblem.sql)}
          UNION ALL ${relapsed}) proposals`,
        keys: [['"proposalId"', 'uuid']],
        positionOf: (row) => [row.proposalId],
      },
      where,
      query,
      ({ proposalId: _proposalId, ...proposal }) => proposal,
    );
  }
}
