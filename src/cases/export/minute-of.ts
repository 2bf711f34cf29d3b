import { IANAZone } from 'luxon';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** `2021-10-26 09:30` of an instant in a zone. A list has a million of them: the offset of a day is asked for once. */
export function minuteIn(zone: string): (instant: Date) => string {
  const offsets = new Map<number, number | null>();
  const known = IANAZone.create(zone);
  const offsetOf = (day: number): number | null => {
    const [atStart, atEnd] = [known.offset(day * DAY_MS), known.offset((day + 1) * DAY_MS)];
    return atStart === atEnd ? atStart : null;
  };
  return (instant) => {
    const at = instant.getTime();
    const day = Math.floor(at / DAY_MS);
    let offset = offsets.get(day);
    if (offset === undefined) offsets.set(day, (offset = offsetOf(day)));
    // On a day on which the clocks are changed.
    offset ??= known.offset(at);
    return new Date(at + offset * MINUTE_MS).toISOString().slice(0, 16).replace('T', ' ');
  };
}
