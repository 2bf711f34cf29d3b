import { v7 as uuidv7 } from 'uuid';
import type { CaseEvent } from '../../src/cases/case-event.entity.js';

import type { Story } from '../factories/weekly-story.js';

/** A story's events as an import writes them: all recorded at one moment. */
export function rowsOfStory(
  story: Story,
  { kind = 'case', recordedAt = new Date(), officialId }: EnteredAs,
): CaseEvent[] {
  return story.events.map((event) => ({
    id: uuidv7(),
    chainId: story.subjectId,
    subjectId: story.subjectId,
    subjectKind: kind,
    recordedAt,
    sequence: event.sequence,
    type: event.type,
    effectiveAt: new Date(event.effectiveAt),
    actorKind: 'import' as const,
    actorId: null,
    actorDepartmentId: null,
    payload: { ...event.payload, ...('officialId' in event.payload && { officialId }) },
    algorithm: 'sha256' as const,
    hash: Buffer.alloc(32),
  }));
}

interface EnteredAs {
  kind?: 'case' | 'problem';
  recordedAt?: Date;
  officialId: string;
}
