import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { problemScope } from '../../access/scope.js';
import { OfficeTime } from '../../calendar/office-time.js';
import type { Locale } from '../../platform/errors/message-text.js';
import { type List, ListReader, Where } from '../../platform/http/list-reader.js';
import type { Page, PageQuery } from '../../platform/http/paging.js';
import type { ActorKind, CaseEventType } from '../case-events.js';
import type { SubjectKind } from '../lifecycle/states.js';
import { SubjectSight } from '../subject-sight.js';
import type { SubjectRef } from '../subject.js';
import { tellEvent } from './tell-event.js';
import type { TimelineEntry } from './timeline.views.js';

interface EventRow {
  id: string;
  sequence: number;
  type: CaseEventType;
  subjectId: string;
  subjectKind: SubjectKind;
  effectiveAt: Date;
  /** Exact, for the cursor. */
  effectiveText: string;
  recordedAt: Date;
  actorKind: ActorKind;
  actorId: string | null;
  keyId: string | null;
  actorName: string | null;
  actorDepartmentId: string | null;
  actorDepartmentCode: string | null;
  actorDepartmentName: string | null;
  payload: Record<string, unknown>;
  names: Record<string, string | null>;
  problemNumber: string | null;
  problemTitle: string | null;
}

const official = (alias: string, fact: string): string =>
  `LEFT JOIN officials ${alias} ON ${alias}.id = (ev.payload ->> '${fact}')::uuid`;

/** Names come with the page, in one statement however many events it holds. */
const EVENTS: Omit<List<EventRow>, 'name'> = {
  select: `ev.id, ev.sequence, ev.type, ev.subject_id AS "subjectId", ev.subject_kind AS "subjectKind",
    ev.effective_at AS "effectiveAt", ev.effective_at::text AS "effectiveText", ev.recorded_at AS "recordedAt",
    ev.actor_kind AS "actorKind", ac.id AS "actorId", coalesce(aco.name, ac.username, ak.name) AS "actorName",
    ak.id AS "keyId",
    ad.id AS "actorDepartmentId", ad.code AS "actorDepartmentCode", ad.name AS "actorDepartmentName", ev.payload,
    p.number AS "problemNumber", p.title AS "problemTitle",
    jsonb_build_object('department', pd.name, 'official', po.name,
                       'fromOfficial', pf.name, 'toOfficial', pt.name) AS names`,
  from: `case_events ev
    LEFT JOIN accounts ac ON ev.actor_kind = 'account' AND ac.id = ev.actor_id
    LEFT JOIN api_keys ak ON ev.actor_kind = 'api_key' AND ak.id = ev.actor_id
    LEFT JOIN officials aco ON aco.id = ac.official_id
    LEFT JOIN departments ad ON ad.id = ev.actor_department_id
    LEFT JOIN problems p ON ev.subject_kind = 'problem' AND p.id = ev.subject_id
    LEFT JOIN departments pd ON pd.id = (ev.payload ->> 'departmentId')::uuid
    ${official('po', 'officialId')} ${official('pf', 'fromOfficialId')} ${official('pt', 'toOfficialId')}`,
  keys: ['ev.effective_at', 'ev.sequence'],
  types: ['timestamptz', 'int'],
  positionOf: (row) => [row.effectiveText, row.sequence],
};

/** One ordered story of a case or problem, from its events alone. */
@Injectable()
export class TimelineReader {
  constructor(
    private readonly lists: ListReader,
    private readonly sight: SubjectSight,
    private readonly office: OfficeTime,
  ) {}

  /** A case with those of its problems that the asker may see. @throws Refusal 404 */
  async page(
    actor: AccountActor,
    ref: SubjectRef,
    query: PageQuery,
    locale: Locale,
  ): Promise<Page<TimelineEntry>> {
    await this.sight.require(actor, ref);
    const where =
      ref.kind === 'problem'
        ? new Where().add(ref.id, (id) => `ev.subject_id = ${id}`)
        : new Where()
            .add(ref.id, (id) => `ev.chain_id = ${id}`)
            .addScope((first) => {
              const { sql, parameters } = problemScope(actor, 'p', first);
              return { sql: `ev.subject_kind = 'case' OR ${sql}`, parameters };
            });
    return this.lists.page<EventRow, TimelineEntry>(
      { ...EVENTS, name: `timeline:${ref.id}` },
      where,
      query,
      (row) => this.entry(row, ref, locale),
    );
  }

  private entry(row: EventRow, ref: SubjectRef, locale: Locale): TimelineEntry {
    const { problemNumber: number, problemTitle: title } = row;
    const isOfProblem = ref.kind === 'case' && number !== null && title !== null;
    const { id, sequence, type, payload: facts } = row;
    return {
      id,
      sequence,
      type,
      subject: { kind: row.subjectKind, id: row.subjectId },
      who: {
        kind: row.actorKind,
        account: row.actorId === null ? null : { id: row.actorId, name: row.actorName ?? '' },
        apiKey: row.keyId === null ? null : { id: row.keyId, name: row.actorName ?? '' },
        department:
          row.actorDepartmentId === null
            ? null
            : {
                id: row.actorDepartmentId,
                code: row.actorDepartmentCode,
                name: row.actorDepartmentName ?? '',
              },
      },
      happenedAt: row.effectiveAt,
      recordedAt: row.recordedAt,
      facts,
      sentence: tellEvent({ ...row, problem: isOfProblem ? { number, title } : null }, locale, this.office),
    };
  }
}
