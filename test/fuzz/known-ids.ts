/** Something that an answer showed. */
export interface Known {
  id: string;
  /** Of the item under which it was listed. */
  parent?: string;
  version?: number;
  /** Roles that it was shown to. */
  seenBy: Set<string>;
  /** What may be done with it now, and by which role. */
  actions: Map<string, ReadonlySet<string>>;
  /** Ids of other things that it names, by their kinds. */
  refs: Record<string, string>;
}

/** Names of properties that hold the id of something with another name. */
const OTHER_NAMES: Record<string, string> = { leaders: 'officials', ids: 'cases', deputies: 'officials' };
const MOST_OF_A_KIND = 2_000;

/**
 * Ids by kind, gathered from whatever was answered: kinds are named as the collections of the paths, so that a new
 * route needs nothing here.
 */
export class KnownIds {
  private readonly kinds = new Map<string, Known[]>();
  private readonly byId = new Map<string, Known>();
  private readonly hidden = new Set<string>();

  /** Not to be found by anyone: the fuzz stands on it. */
  hide(id: string): void {
    this.hidden.add(id);
  }

  find(id: string): Known | undefined {
    return this.byId.get(id);
  }

  of(kind: string): readonly Known[] {
    return this.kinds.get(kind) ?? [];
  }

  /** @param name of a property or parameter, such as `suggestedDepartmentIds` */
  named(name: string): readonly Known[] {
    const kind = kindOf(name.replace(/Ids?$/, ''));
    const words = kind.split('-');
    const spellings = words.map((_, index) => words.slice(index).join('-'));
    const found = spellings
      .map((spelling) => OTHER_NAMES[spelling] ?? spelling)
      .find((spelling) => this.of(spelling).length > 0);
    return found === undefined ? [] : this.of(found);
  }

  /** Learns from an answer. @param path that was asked, without its query */
  learn(path: string, answer: unknown, role: string): void {
    const segments = path.split('/').slice(3);
    const ids = segments.filter(isId);
    const last = segments.filter((segment) => !isId(segment)).at(-1) ?? '';
    const parent = segments.at(-1) === last ? ids.at(-1) : ids.at(-2);
    const [first = ''] = segments;
    if (last === first) return this.walk(answer, last, role, undefined);
    this.walk(answer, last, role, parent);
    // Elsewhere it may stand by itself, under both names: `/webhooks/{id}/deliveries` as `/webhook-deliveries`.
    this.walk(answer, `${first.replace(/s$/, '')}-${last}`, role, parent);
  }

  private walk(value: unknown, kind: string, role: string, parent: string | undefined): void {
    if (Array.isArray(value)) for (const item of value) this.walk(item, kind, role, parent);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    this.note(Object(value), kind, role, parent);
    for (const [name, child] of Object.entries(value))
      this.walk(child, name === 'items' ? kind : kindOf(name), role, name === 'items' ? parent : undefined);
  }

  private note(item: Record<string, unknown>, kind: string, role: string, parent: string | undefined): void {
    const { id } = item;
    if (typeof id !== 'string' || !isId(id) || this.hidden.has(id)) return;
    const known: Known = this.byId.get(id) ?? { id, seenBy: new Set(), actions: new Map(), refs: {} };
    known.seenBy.add(role);
    this.byId.set(id, known);
    if (parent !== undefined && parent !== id) known.parent = parent;
    // What others may do was said of a state that has passed.
    if (item['version'] !== known.version) known.actions.clear();
    if (typeof item['version'] === 'number') known.version = item['version'];
    if (Array.isArray(item['allowedActions'])) {
      known.actions.set(role, new Set(item['allowedActions'].map(String)));
    }
    for (const [name, value] of Object.entries(item)) {
      const other: unknown = Object(value).id;
      if (typeof other === 'string') known.refs[kindOf(name)] = other;
    }
    const all = this.kinds.get(kind) ?? [];
    this.kinds.set(kind, all);
    if (!all.includes(known) && all.length < MOST_OF_A_KIND) all.push(known);
  }
}

const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);

/** `coHandlers` → `co-handlers`, `deputy` → `deputies`. */
export function kindOf(name: string): string {
  const kebab = name.replaceAll(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  if (kebab.endsWith('s')) return kebab;
  return kebab.endsWith('y') ? `${kebab.slice(0, -1)}ies` : `${kebab}s`;
}
