import type { GroupFigures } from './group-figures.js';
import type { GroupTexts } from './group-texts.js';

const LONGEST_NAME = 30;
/** What would be read as formatting, a link or a mention; it stands in no proper name of a department. */
const FORMATTING = /[\\`*_{}[\]()<>#!|@~&\p{C}]/gu;

const named = (name: string): string =>
  [...name.replaceAll(FORMATTING, ' ').trim()].slice(0, LONGEST_NAME).join('');

function monthAndDay(on: string): [month: number, day: number] {
  return [Number(on.slice(5, 7)), Number(on.slice(8, 10))];
}

/**
 * What a group is told, in markdown that both robots read, within so many bytes: lines that no longer fit are left out,
 * the last ones first, but never the link.
 */
export function groupWording(
  figures: GroupFigures,
  publicUrl: string,
  texts: GroupTexts,
  mostBytes: number,
): string {
  const { overdue, byDepartment, departments, vacant, vacancies, sent, assignOverdue, verifyOverdue } =
    figures;
  const since = monthAndDay(figures.sentSince);
  const lines = [
    texts.heading(...monthAndDay(figures.on)),
    texts.dueToday(figures.dueToday),
    overdue === 0
      ? texts.noneOverdue
      : texts.overdue(overdue, figures.longestOverdue, figures.overdueFiveDays, figures.overdueTenDays),
    ...(assignOverdue === 0 ? [] : [texts.assignOverdue(assignOverdue)]),
    ...(verifyOverdue === 0 ? [] : [texts.verifyOverdue(verifyOverdue)]),
    ...(byDepartment.length === 0
      ? []
      : [
          texts.byDepartment(
            byDepartment.map((one) => texts.department(named(one.name), one.overdue)),
            departments - byDepartment.length,
          ),
        ]),
    sent.length === 0
      ? texts.nothingSent(...since)
      : texts.sent(
          ...since,
          sent.map((one) => texts.channel(one.channel, one.sent, one.failed, one.unknown)),
        ),
    ...(vacancies === 0
      ? []
      : [
          texts.vacant(
            vacancies,
            vacant.map(({ name, duties }) => texts.vacancy(named(name), duties)),
          ),
        ]),
  ];
  const link = texts.link(publicUrl);
  const whole = (): string => [...lines, '', link].join('\n');
  while (lines.length > 0 && Buffer.byteLength(whole()) > mostBytes) lines.pop();
  return whole();
}
