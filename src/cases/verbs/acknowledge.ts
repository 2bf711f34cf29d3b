import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';
import { inForce } from './in-force.js';

/** 签收: the lead department signs for what was assigned to it. */
@Injectable()
export class Acknowledge {
  constructor(private readonly desk: SubjectDesk) {}

  run(actor: Actor, ref: SubjectRef, input: { note?: string }, ifMatch?: string): Promise<void> {
    return this.desk.act({ actor, ref, action: 'acknowledge', ifMatch }, async ({ tx, subject, now }) => {
      const assignment = inForce(subject);
      await tx.query('UPDATE assignments SET acknowledged_at = $2 WHERE id = $1', [assignment.id, now]);
      return {
        event: { type: 'acknowledged', payload: { assignmentId: assignment.id, note: input.note ?? null } },
        patch: { progressedAt: now },
        assignment: { ...assignment, acknowledgedAt: now },
      };
    });
  }
}
