import { posix } from 'node:path';
import type { Container } from './container.js';
import { parseXml } from './xml-part.js';

export interface Relationship {
  id: string;
  /** Last word of its type, such as `worksheet`. */
  type: string;
  /** Name of the part. */
  target: string;
}

/** What a part (or, for the empty name, the whole file) points to inside the container. */
export async function relationshipsOf(container: Container, part: string): Promise<Relationship[]> {
  const folder = posix.dirname(part);
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  if (!container.has(name)) return [];
  const found: Relationship[] = [];
  await parseXml(container.read(name), {
    open(tag, { Id, Type, Target, TargetMode }) {
      if (tag !== 'Relationship' || TargetMode === 'External' || !Id || !Type || !Target) return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
  });
  return found;
}
