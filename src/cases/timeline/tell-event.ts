import type { OfficeTime } from '../../calendar/office-time.js';
import type { Locale } from '../../platform/errors/message-text.js';
import type { ActorKind, CaseEventType } from '../case-events.js';
import type { SubjectKind } from '../lifecycle/states.js';
import { texts as english } from './timeline-texts.en.js';
import type { TimelineTexts } from './timeline-texts.js';
import { texts as chinese } from './timeline-texts.zh-CN.js';

/** An event with the names of those it speaks of. */
export interface ToldEvent {
  type: CaseEventType;
  subjectKind: SubjectKind;
  actorKind: ActorKind;
  actorName: string | null;
  actorDepartmentName: string | null;
  payload: Record<string, unknown>;
  /** By the names of the payload's ids, without `Id`: `department`, `official`, `toOfficial`. */
  names: Record<string, string | null>;
  /** The problem of a case, where the story is the case's. */
  problem: { number: string; title: string } | null;
}

const TEXTS: Record<Locale, TimelineTexts> = { 'zh-CN': chinese, en: english };
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** One sentence of the story, in the asked language; dates are the office's. */
export function tellEvent(event: ToldEvent, locale: Locale, office: OfficeTime): string {
  const texts = TEXTS[locale];
  const fact = (hole: string): string => {
    if (hole === 'who') return who(event, texts);
    if (hole === 'subject') return texts.subjects[event.subjectKind];
    return event.names[hole] ?? printed(hole, event.payload[hole], texts, office);
  };
  const { problem } = event;
  const opening =
    problem === null
      ? ''
      : fill(texts.ofProblem, (hole) => (hole === 'title' ? problem.title : problem.number));
  return opening + fill(texts.sentences[event.type], fact);
}

/** Fills the holes; what stands in brackets goes where a hole of it is empty. What is filled in is never read again. */
function fill(template: string, fact: (hole: string) => string): string {
  const filled = (part: string): string => part.replace(/\{(\w+)\}/g, (_, hole: string) => fact(hole));
  return template
    .split(/(\[[^\]]*\])/)
    .map((part) => {
      if (!part.startsWith('[')) return filled(part);
      const holes = [...part.matchAll(/\{(\w+)\}/g)].map(([, hole]) => hole ?? '');
      return holes.some((hole) => fact(hole) === '') ? '' : filled(part.slice(1, -1));
    })
    .join('');
}

function who({ actorKind, actorName, actorDepartmentName }: ToldEvent, texts: TimelineTexts): string {
  const person = actorName ?? '';
  if (actorKind === 'api_key') return fill(texts.portalOf, () => person);
  if (actorKind !== 'account') return texts.actors[actorKind];
  if (actorDepartmentName === null) return person;
  return fill(texts.personOf, (hole) => (hole === 'person' ? person : actorDepartmentName));
}

/** Of a list its length; of an instant the office's date. */
function printed(hole: string, value: unknown, texts: TimelineTexts, office: OfficeTime): string {
  if (Array.isArray(value)) return String(value.length);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  if (INSTANT.test(value)) return office.dateOf(new Date(value));
  return texts.words[hole]?.[value] ?? value;
}
