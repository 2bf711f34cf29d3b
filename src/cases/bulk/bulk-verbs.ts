import { Injectable, type Type } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { validPart } from '../../platform/http/valid-part.js';
import { AddNote } from '../case-file/add-note.js';
import { ProgressNoteBody } from '../case-file/entry-bodies.js';
import { AssignBody } from '../dto/actions.js';
import { ReassignBody } from '../dto/assignment-bodies.js';
import { HoldBody } from '../dto/standing-bodies.js';
import type { SubjectRef } from '../subject.js';
import { WorkVerbs } from '../subject-verbs.js';
import type { BulkAction, BulkBody } from './bulk.dto.js';

/** Does it to one case, in one transaction. */
export type BulkVerb = (actor: AccountActor, ref: SubjectRef) => Promise<unknown>;

/** The actions that can be done to many: the same verbs, with the same bodies, as on one. */
@Injectable()
export class BulkVerbs {
  constructor(
    private readonly work: WorkVerbs,
    private readonly notes: AddNote,
  ) {}

  /** @throws Refusal 400 VALIDATION_FAILED: a body that is wrong for every case */
  prepare({ action, body }: BulkBody): Promise<BulkVerb> {
    const { assign, reassign, hold } = this.work;
    const verbs: Record<BulkAction, () => Promise<BulkVerb>> = {
      assign: () => prepared(AssignBody, body, assign),
      reassign: () => prepared(ReassignBody, body, reassign),
      hold: () => prepared(HoldBody, body, hold),
      note: () => prepared(ProgressNoteBody, body, this.notes),
    };
    return verbs[action]();
  }
}

async function prepared<Body extends object>(
  metatype: Type<Body>,
  body: object,
  verb: { run(actor: AccountActor, ref: SubjectRef, body: Body): Promise<unknown> },
): Promise<BulkVerb> {
  const valid = await validPart(body, metatype, '/body');
  return (actor, ref) => verb.run(actor, ref, valid);
}
