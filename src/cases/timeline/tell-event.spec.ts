import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { OfficeTime } from '../../calendar/office-time.js';
import { EVIDENCE_SOURCES } from '../case-file.entity.js';
import { HOLD_GROUNDS, RETURN_GROUNDS, TERMINATE_GROUNDS } from '../lifecycle/actions.js';
import { CASE_OUTCOMES, DISTRESS_TYPES, PROBLEM_CATEGORIES, PROBLEM_OUTCOMES } from '../lifecycle/states.js';
import { RATINGS } from '../rating.entity.js';
import { tellEvent, type ToldEvent } from './tell-event.js';
import { texts as english } from './timeline-texts.en.js';
import { texts as chinese } from './timeline-texts.zh-CN.js';

const office = new OfficeTime('Asia/Shanghai');
const languages = Object.entries({ 'zh-CN': chinese, en: english });
/** Filled from beside the payload. */
const NAMES = new Set(['who', 'subject', 'department', 'official', 'fromOfficial', 'toOfficial']);

/** What the source says that events of each type carry. */
const payloads = payloadsOf('src/cases/case-events.ts');

function payloadsOf(file: string): Map<string, Set<string>> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const shapes = new Map<string, Set<string>>();
  const types = new Map<string, Set<string>>();
  const membersOf = (node: ts.Node): Set<string> => {
    const names = new Set<string>();
    const visit = (child: ts.Node): void => {
      if (ts.isPropertySignature(child)) names.add(child.name.getText());
      if (ts.isTypeReferenceNode(child))
        for (const name of shapes.get(child.getText()) ?? []) names.add(name);
      ts.forEachChild(child, visit);
    };
    visit(node);
    return names;
  };
  for (const statement of source.statements) {
    if (!ts.isInterfaceDeclaration(statement)) continue;
    if (statement.name.text !== 'CaseEventPayloads') {
      shapes.set(statement.name.text, new Set(statement.members.flatMap((member) => [...membersOf(member)])));
      continue;
    }
    for (const member of statement.members) {
      if (ts.isPropertySignature(member) && member.type !== undefined)
        types.set(member.name.getText(), membersOf(member.type));
    }
  }
  return types;
}

const event = (over: Partial<ToldEvent>): ToldEvent => ({
  type: 'acknowledged',
  subjectKind: 'case',
  actorKind: 'account',
  actorName: '李明',
  actorDepartmentName: '市工信局',
  payload: { assignmentId: 'a', note: null },
  names: {},
  problem: null,
  ...over,
});

describe.each(languages)('the texts of the timeline in %s', (_language, texts) => {
  it('has a sentence for every type of event, and for nothing else', () => {
    expect(payloads.size).toBeGreaterThan(25);
    expect(Object.keys(texts.sentences).toSorted()).toEqual([...payloads.keys()].toSorted());
  });

  it('has no hole that its event could not fill', () => {
    const unfilled = Object.entries(texts.sentences).flatMap(([type, sentence]) =>
      [...sentence.matchAll(/\{(\w+)\}/g)]
        .map(([, hole]) => hole ?? '')
        .filter((hole) => !NAMES.has(hole) && payloads.get(type)?.has(hole) !== true)
        .map((hole) => `${type}: ${hole}`),
    );
    expect(unfilled).toEqual([]);
  });

  it('has a word for every value of the closed lists', () => {
    const lists = {
      distressType: DISTRESS_TYPES,
      category: PROBLEM_CATEGORIES,
      outcome: [...CASE_OUTCOMES, ...PROBLEM_OUTCOMES],
      ground: [...RETURN_GROUNDS, ...HOLD_GROUNDS, ...TERMINATE_GROUNDS],
      rating: RATINGS,
      source: [...EVIDENCE_SOURCES, 'call_back', 'portal', 'ledger'],
    };
    for (const [name, values] of Object.entries(lists)) {
      expect(Object.keys(texts.words[name] ?? {}).toSorted()).toEqual([...new Set(values)].toSorted());
    }
  });
});

describe('a sentence', () => {
  it('says who did what for whom', () => {
    expect(tellEvent(event({}), 'zh-CN', office)).toBe('市工信局李明签收。');
    expect(tellEvent(event({}), 'en', office)).toBe('李明 of 市工信局 signed for it.');
    expect(tellEvent(event({ payload: { note: '收到' } }), 'zh-CN', office)).toBe('市工信局李明签收：收到。');
  });

  it('tells deadlines by the date of the office', () => {
    const payload = { dueAt: '2021-11-04T16:30:00.000Z', reason: '等材料' };
    const sentence = tellEvent(event({ type: 'extension_requested', payload }), 'en', office);
    expect(sentence).toContain('until 2021-11-05: 等材料');
  });

  it('never reads what a person wrote as a template', () => {
    const payload = { text: '[{who}] $& {text}' };
    expect(tellEvent(event({ type: 'note_added', payload }), 'zh-CN', office)).toBe(
      '市工信局李明记录进展：[{who}] $& {text}',
    );
  });

  it('names the problem of a case, and whoever is no person', () => {
    const problem = { number: 'P-2021-000001', title: '用地' };
    const told = event({ type: 'rejected', actorKind: 'system', payload: { reason: '重复' }, problem });
    expect(tellEvent(told, 'zh-CN', office)).toBe('问题“用地”（P-2021-000001）：系统不予受理：重复。');
    const byPortal = event({
      type: 'note_added',
      actorKind: 'api_key',
      actorName: '企业服务平台',
      actorDepartmentName: null,
      payload: { text: '好' },
    });
    expect(tellEvent(byPortal, 'zh-CN', office)).toMatch(/^门户“企业服务平台”/);
    expect(tellEvent(byPortal, 'en', office)).toMatch(/^The portal “企业服务平台” /);
  });
});
