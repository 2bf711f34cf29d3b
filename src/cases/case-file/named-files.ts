import { Refusal } from '../../platform/errors/refusal.js';
import type { OpenSubject } from '../subject-desk.js';

/**
 * Makes sure that the files an entry names hang on its case or problem.
 * @throws Refusal 400 EVIDENCE_UNKNOWN
 */
export async function requireFiles({ tx, subject }: OpenSubject, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await tx.query<{ id: string }>(
    'SELECT id FROM case_files WHERE id = ANY ($1::uuid[]) AND $2::uuid IN (case_id, problem_id)',
    [ids, subject.row.id],
  );
  const known = new Set(found.map(({ id }) => id));
  const faults = ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ pointer: `/fileIds/${index}`, code: 'EVIDENCE_UNKNOWN', params: { id } }],
  );
  if (faults.length > 0) throw new Refusal(400, 'EVIDENCE_UNKNOWN', {}, faults);
}
