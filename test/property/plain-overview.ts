import { dayOf, momentOf, type PlainCalendar } from './plain-days.js';

/** An event of a case as the database has it. */
export interface PlainEvent {
  subjectId: string;
  type: string;
  effectiveAt: Date;
  sequence: number;
  payload: Record<string, string | null>;
}

/** What the front page says, as far as it can be told from events. */
export interface PlainOverview {
  live: number;
  overdue: number;
  waiting: number;
  lights: Record<'red' | 'yellow' | 'grey' | 'green', number>;
  medianDays: number | null;
  bands: number[];
  /** Overdue by department, the most first. */
  overdueBy: Array<[string, number]>;
  closures: number;
  /** Count, median and the ninetieth percentile. */
  hops: Record<'signing' | 'firstNote' | 'asking' | 'verifying', [number, number | null, number | null]>;
  medianHandling: number | null;
}

const WEEK = 7 * 24 * 3_600_000;

/** Counted case by case, one event after the other, by someone who has read the domain page alone. */
export function plainOverview(all: PlainEvent[], now: number, calendar: PlainCalendar): PlainOverview {
  const lights = { red: 0, yellow: 0, grey: 0, green: 0 };
  const ages: number[] = [];
  const late = new Map<string, number>();
  const took = {
    signing: [] as number[],
    firstNote: [] as number[],
    asking: [] as number[],
    verifying: [] as number[],
  };
  const handled: number[] = [];
  let waiting = 0;
  let closures = 0;
  const today = dayOf(now - 1);
  const monday = dayOf(now) - ((dayOf(now) + 3) % 7);
  for (const id of new Set(all.map(({ subjectId }) => subjectId))) {
    const story = all
      .filter(({ subjectId }) => subjectId === id)
      .toSorted((one, other) => +one.effectiveAt - +other.effectiveAt || one.sequence - other.sequence);
    let state = '';
    let department = '';
    let [opened, due, stopped, heard, assignBy, zero] = [0, 0, 0, 0, 0, 0];
    let [signed, noted, assigned, asked, held] = [0, 0, 0, 0, 0];
    let heldDays = 0;
    const answer = ({ payload }: PlainEvent, at: number): void => {
      department = payload['departmentId'] ?? '';
      [due, heard] = [Date.parse(payload['dueAt'] ?? ''), at];
    };
    const begin = ({ payload }: PlainEvent, at: number): void => {
      if (assigned > 0) return;
      [assigned, zero, heldDays] = [at, Date.parse(payload['dayZeroOn'] ?? '') / 86_400_000, 0];
    };
    for (const event of story) {
      const at = event.effectiveAt.getTime();
      const { type, payload } = event;
      if (type === 'reported')
        [state, opened, assignBy] = ['reported', at, Date.parse(payload['assignBy'] ?? '')];
      if (['assigned', 'claimed', 'reassigned'].includes(type)) {
        state = 'working';
        answer(event, at);
        begin(event, at);
      }
      if (type === 'reopened') {
        [state, opened] = ['working', at];
        answer(event, at);
        begin(event, at);
      }
      if (type === 'claimed' || type === 'acknowledged') signed ||= at;
      if (type === 'acknowledged' || type === 'visit_recorded') heard = at;
      if (type === 'note_added') {
        heard = at;
        if (signed > 0) noted ||= at;
      }
      if (type === 'returned') [state, assignBy] = ['returned', Date.parse(payload['assignBy'] ?? '')];
      if (type === 'extension_approved') due = Date.parse(payload['dueAt'] ?? '');
      if (type === 'held') [state, stopped, held] = ['held', at, at];
      if (type === 'closure_requested') [state, stopped] = ['verifying', at];
      if (type === 'resumed' || type === 'sent_back') {
        [state, due, heard] = ['working', Date.parse(payload['dueAt'] ?? ''), at];
        if (type === 'resumed') heldDays += calendar.count(Math.max(zero, dayOf(held)), dayOf(at));
      }
      if (type === 'rejected' || type === 'terminated') state = 'gone';
      if (type !== 'resolved') continue;
      state = 'closed';
      asked = Date.parse(payload['requestedAt'] ?? '');
      if (dayOf(at) >= monday - 84) {
        closures += 1;
        const count = (from: number, to: number): number => calendar.count(dayOf(from), dayOf(to));
        if (signed > 0) took.signing.push(count(assigned, signed));
        const isNoted = signed > 0 && noted > 0 && dayOf(noted) <= dayOf(asked);
        if (isNoted) took.firstNote.push(count(signed, noted));
        if (isNoted) took.asking.push(count(noted, asked));
        took.verifying.push(count(asked, at));
        handled.push(calendar.count(zero, dayOf(at)) - heldDays);
      }
      [assigned, signed, noted] = [0, 0, 0];
    }
    if (state === 'reported') waiting += 1;
    if (!['working', 'returned', 'held', 'verifying'].includes(state)) continue;
    ages.push(today - dayOf(opened));
    const isLate = state === 'returned' ? false : (state === 'working' ? now : stopped) > due;
    if (isLate) late.set(department, (late.get(department) ?? 0) + 1);
    // Three or fewer working days after today, through the day on which it is due.
    const isSoon = due < momentOf(calendar.step(dayOf(now), 4), 0);
    if (isLate || (state === 'returned' && now > assignBy)) lights.red += 1;
    else if (state === 'held') lights.grey += 1;
    else if (state === 'working' && (isSoon || now - heard >= WEEK)) lights.yellow += 1;
    else lights.green += 1;
  }
  const within = (from: number, to: number): number => ages.filter((age) => age >= from && age <= to).length;
  return {
    live: ages.length,
    overdue: [...late.values()].reduce((sum, count) => sum + count, 0),
    waiting,
    lights,
    medianDays: middle(ages),
    bands: [
      within(0, 7),
      within(8, 15),
      within(16, 30),
      within(31, 60),
      within(61, 90),
      within(91, Infinity),
    ],
    overdueBy: [...late].toSorted(([one, most], [other, least]) => least - most || (one < other ? -1 : 1)),
    closures,
    hops: {
      signing: summed(took.signing),
      firstNote: summed(took.firstNote),
      asking: summed(took.asking),
      verifying: summed(took.verifying),
    },
    medianHandling: middle(handled),
  };
}

const summed = (days: number[]): [number, number | null, number | null] => [
  days.length,
  middle(days),
  ninth(days),
];

function middle(numbers: readonly number[]): number | null {
  const [low, high] = [
    numbers.toSorted((one, other) => one - other),
    numbers.toSorted((one, other) => other - one),
  ];
  const [one, other] = [low[Math.floor(low.length / 2)], high[Math.floor(high.length / 2)]];
  return one === undefined || other === undefined ? null : (one + other) / 2;
}

/** The first number, from the least on, that nine in ten do not pass. */
function ninth(numbers: readonly number[]): number | null {
  return (
    numbers
      .toSorted((one, other) => one - other)
      .find((limit) => numbers.filter((number) => number <= limit).length * 10 >= numbers.length * 9) ?? null
  );
}
