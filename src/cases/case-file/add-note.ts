import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../../access/actor.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';
import { requireFiles } from './named-files.js';
import { requireWorker } from './who-may.js';

export interface NoteInput {
  text: string;
  fileIds?: readonly string[] | undefined;
}

/** A progress note: the event is the note, and a sign of progress. */
@Injectable()
export class AddNote {
  constructor(private readonly desk: SubjectDesk) {}

  /** @returns the note's id. @throws Refusal 404, 403 ACTION_NOT_YOURS, 400 EVIDENCE_UNKNOWN */
  async run(actor: AccountActor, ref: SubjectRef, input: NoteInput, ifMatch?: string): Promise<string> {
    const id = uuidv7();
    const { text, fileIds = [] } = input;
    await this.desk.note({ actor, ref, ifMatch }, async (open) => {
      await requireWorker(open, 'add_note');
      await requireFiles(open, fileIds);
      const files = fileIds.length === 0 ? {} : { fileIds: [...fileIds] };
      return {
        event: { id, type: 'note_added', payload: { text, ...files } },
        patch: { progressedAt: open.now },
      };
    });
    return id;
  }
}
