import type { Assignment } from '../assignment.entity.js';
import type { ClosureRequest } from '../closure-request.entity.js';
import type { Subject } from '../subject.js';

/** The assignment that a state guarantees; without it the data are broken, which is no fault of the asker. */
export function inForce(subject: Subject): Assignment {
  if (subject.assignment === null)
    throw new Error(`${subject.kind} ${subject.row.id} has no assignment in force`);
  return subject.assignment;
}

/** The closure request that `verifying` guarantees. */
export function waiting(subject: Subject): ClosureRequest {
  if (subject.closureRequest === null)
    throw new Error(`${subject.kind} ${subject.row.id} has no closure request`);
  return subject.closureRequest;
}
