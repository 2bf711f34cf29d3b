import { notFound, Refusal } from '../../platform/errors/refusal.js';

/** What hangs on a case out of scope is answered like one that does not exist: the case is not named either. */
export async function orAbsent(what: string, id: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw error instanceof Refusal && error.status === 404 ? notFound(what, id) : error;
  }
}
