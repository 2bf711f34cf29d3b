/** Whoever takes, at most: an attacker with many addresses must not fill the memory. */
const MOST_KEYS = 50_000;

/** What one has taken in the present window. */
interface Taken {
  readonly key: string;
  /** By all processes, as far as it is known here. */
  total: number;
  /** Of these, what the others have not been told; less than nothing where it was given back. */
  untold: number;
}

/** What is on its way to the other processes. */
export interface Told {
  readonly taken: Taken;
  readonly window: number;
  readonly count: number;
}

/**
 * So many requests a window, for each key. Counted in this process's memory, where it costs next to nothing; what was
 * taken is told to the other processes now and then, and what they have taken comes back. Between two tellings each
 * process may let through what it does not know of yet. Windows begin at the same moment for everybody.
 */
export class RateLimit {
  /** `RateLimit-Policy`, by the IETF's draft. */
  readonly policy: string;
  private window = 0;
  private readonly taken = new Map<string, Taken>();
  private readonly untold = new Set<Taken>();

  /** @param quota requests a window; 0: as many as one likes */
  constructor(
    readonly name: string,
    readonly quota: number,
    readonly windowSeconds = 60,
  ) {
    this.policy = `"${name}";q=${quota};w=${windowSeconds}`;
  }

  /** @returns what remains, or -1 where nothing did: what is refused is not counted. */
  take(key: string, now: Date): number {
    this.enter(this.windowAt(now));
    const taken = this.taken.get(key) ?? this.begin(key);
    if (taken.total >= this.quota) return -1;
    taken.total += 1;
    taken.untold += 1;
    this.untold.add(taken);
    return this.quota - taken.total;
  }

  /** @param takenAt what was taken in a window that is over stays taken there. */
  giveBack(key: string, takenAt: Date): void {
    const taken = this.windowAt(takenAt) === this.window ? this.taken.get(key) : undefined;
    if (taken === undefined) return;
    taken.total -= 1;
    taken.untold -= 1;
    this.untold.add(taken);
  }

  /** Until the window ends; at least 1. */
  secondsLeft(now: Date): number {
    return Math.ceil(this.windowSeconds - ((now.getTime() / 1000) % this.windowSeconds));
  }

  get hasUntold(): boolean {
    return this.untold.size > 0;
  }

  /** @param most at once */
  tell(most: number): Told[] {
    const told: Told[] = [];
    for (const taken of this.untold) {
      if (told.length === most) break;
      told.push({ taken, window: this.window, count: taken.untold });
      taken.untold = 0;
      this.untold.delete(taken);
    }
    return told;
  }

  /** @param total by all processes, with what was told */
  hear({ taken, window }: Told, total: number): void {
    if (window === this.window) taken.total = total + taken.untold;
  }

  private begin(key: string): Taken {
    // The oldest goes: a Map keeps the order of insertion. The others still know of it.
    const [oldest] = this.taken.size < MOST_KEYS ? [] : this.taken.values();
    if (oldest !== undefined) {
      this.taken.delete(oldest.key);
      this.untold.delete(oldest);
    }
    const taken: Taken = { key, total: 0, untold: 0 };
    this.taken.set(key, taken);
    return taken;
  }

  private windowAt(now: Date): number {
    return Math.floor(now.getTime() / 1000 / this.windowSeconds);
  }

  private enter(window: number): void {
    if (window === this.window) return;
    this.window = window;
    this.taken.clear();
    this.untold.clear();
  }
}
