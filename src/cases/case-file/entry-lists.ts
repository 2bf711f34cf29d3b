import type { NewestFirst } from '../../platform/http/newest-first.js';
import type {
  AuthorReference,
  FoundProblem,
  InstructionView,
  MeasureView,
  NoteView,
  PlanView,
  ReplyView,
  VisitView,
} from './entry-views.js';

/** The author of an entry: the official behind the account, or else its user name. */
const authorJoins = (column: string): string =>
  `LEFT JOIN accounts ac ON ac.id = e.${column} LEFT JOIN officials aco ON aco.id = ac.official_id`;
const AUTHOR = `ac.id AS "authorId", coalesce(aco.name, ac.username) AS "authorName"`;

interface Authored {
  authorId: string;
  authorName: string;
}
const authorOf = ({ authorId: id, authorName: name }: Authored): AuthorReference => ({ id, name });

type List<Row> = Omit<NewestFirst<Row>, 'name'>;

export type PlanRow = Omit<PlanView, 'savedBy'> & Authored;
export const PLANS: List<PlanRow> = {
  select: `e.id, e.plan_version AS "planVersion", e.goal, e.saved_at AS "savedAt", ${AUTHOR},
    (SELECT jsonb_agg(jsonb_build_object(
              'ordinal', m.ordinal, 'what', m.what, 'dueOn', m.due_on, 'doneOn', m.done_on,
              'department', jsonb_build_object('id', d.id, 'code', d.code, 'name', d.name),
              'official', CASE WHEN o.id IS NULL THEN NULL ELSE jsonb_build_object('id', o.id, 'name', o.name) END)
              ORDER BY m.ordinal)
       FROM plan_measures m
       JOIN departments d ON d.id = m.department_id
       LEFT JOIN officials o ON o.id = m.official_id
      WHERE m.plan_id = e.id) AS measures`,
  from: `case_plans e ${authorJoins('saved_by')}`,
  keys: [['e.plan_version', 'int']],
  positionOf: (row) => [row.planVersion],
};
export const planView = (row: PlanRow): PlanView => ({
  id: row.id,
  planVersion: row.planVersion,
  goal: row.goal,
  measures: row.measures.map(({ ordinal, what, department, official, dueOn, doneOn }: MeasureView) => ({
    ordinal,
    what,
    department,
    official,
    dueOn,
    doneOn,
  })),
  savedAt: row.savedAt,
  savedBy: authorOf(row),
});

/** A note is its event. */
export interface NoteRow {
  id: string;
  sequence: number;
  payload: { text: string; fileIds?: string[] };
  notedAt: Date;
  authorId: string | null;
  authorName: string | null;
}
export const NOTES: List<NoteRow> = {
  select: `e.id, e.sequence, e.payload, e.effective_at AS "notedAt", ${AUTHOR}`,
  from: `case_events e ${authorJoins('actor_id')}`,
  keys: [['e.sequence', 'int']],
  positionOf: (row) => [row.sequence],
};
export const noteView = ({ id, payload, notedAt, authorId, authorName }: NoteRow): NoteView => ({
  id,
  text: payload.text,
  fileIds: payload.fileIds ?? [],
  notedAt,
  notedBy: authorId === null ? null : { id: authorId, name: authorName ?? '' },
});

export type VisitRow = Omit<VisitView, 'recordedBy' | 'problems'> & {
  problems: FoundProblem[] | null;
} & Authored;
/** With those of the problems found that the reader may see. @param scope over problems `p` */
export const visits = (scope: string): List<VisitRow> => ({
  select: `e.id, e.visited_on AS "visitedOn", e.place, e.people, e.findings, e.file_ids AS "fileIds",
    e.recorded_at AS "recordedAt", ${AUTHOR}, found.problems`,
  from: `visits e ${authorJoins('recorded_by')}
    CROSS JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('id', p.id, 'number', p.number, 'title', p.title) ORDER BY p.number) AS problems
        FROM problems p WHERE p.id = ANY (e.problem_ids) AND ${scope}) found`,
  keys: [['e.id', 'uuid']],
  positionOf: (row) => [row.id],
});
export const visitView = ({ authorId, authorName, problems, ...row }: VisitRow): VisitView => ({
  ...row,
  problems: problems ?? [],
  recordedBy: authorOf({ authorId, authorName }),
});

export interface InstructionRow extends Omit<InstructionView, 'isReplyOverdue' | 'replies' | 'leader'> {
  leaderId: string | null;
  leaderName: string | null;
  /** Instants are text there. */
  replies: Array<Omit<ReplyView, 'repliedAt'> & { repliedAt: string }> | null;
}
export const INSTRUCTIONS: List<InstructionRow> = {
  select: `e.id, e.text, e.reply_by AS "replyBy", e.left_at AS "leftAt",
    e.official_id AS "leaderId", l.name AS "leaderName",
    (SELECT jsonb_agg(jsonb_build_object(
              'id', r.id, 'text', r.text, 'repliedAt', r.replied_at,
              'department', jsonb_build_object('id', d.id, 'code', d.code, 'name', d.name)) ORDER BY r.id)
       FROM instruction_replies r JOIN departments d ON d.id = r.department_id
      WHERE r.instruction_id = e.id) AS replies`,
  from: 'instructions e LEFT JOIN officials l ON l.id = e.official_id',
  keys: [['e.id', 'uuid']],
  positionOf: (row) => [row.id],
};
export function instructionView(row: InstructionRow, now: Date): InstructionView {
  const replies = (row.replies ?? []).map((reply) => ({ ...reply, repliedAt: new Date(reply.repliedAt) }));
  return {
    id: row.id,
    text: row.text,
    leader: row.leaderId === null ? null : { id: row.leaderId, name: row.leaderName ?? '' },
    replyBy: row.replyBy,
    isReplyOverdue: row.replyBy !== null && row.replyBy < now && replies.length === 0,
    replies,
    leftAt: row.leftAt,
  };
}
