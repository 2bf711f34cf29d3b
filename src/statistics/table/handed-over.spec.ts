import { describe, expect, it } from '@jest/globals';
import type { CaseEventPayloads } from '../../cases/case-events.js';
import { applyEvent, type Standing, unreported } from './standing.js';

const at = (local: string): number => Date.parse(`${local}:00+08:00`);
const ASSIGNED: CaseEventPayloads['assigned'] = {
  assignmentId: 'assignment',
  departmentId: 'industry',
  officialId: 'leaving',
  dayZeroOn: '2021-11-03',
  acknowledgeBy: '2021-11-04T10:00:00.000Z',
  dueAt: '2021-11-10T10:00:00.000Z',
  deadlineVersion: 1,
  complexity: 'simple',
};

const event = { id: 'event', recordedAt: 0, sequence: 1 };
const assigned = (): Standing => {
  const standing = unreported();
  applyEvent(standing, {
    ...event,
    type: 'assigned',
    effectiveAt: at('2021-11-03T09:30'),
    payload: ASSIGNED,
  });
  return standing;
};
const handOver = (standing: Standing, moment: string, over: object = {}): unknown => {
  const payload = {
    assignmentId: 'assignment',
    coHandlerId: null,
    fromOfficialId: 'leaving',
    toOfficialId: 'successor',
    ...over,
  };
  return applyEvent(standing, { ...event, type: 'handed_over', effectiveAt: at(moment), payload });
};

describe('a handover', () => {
  it('counts as nothing, and changes nothing but the official', () => {
    const standing = assigned();
    expect(handOver(standing, '2021-11-04T09:00')).toBeUndefined();
    const expected = assigned();
    expected.officialId = 'successor';
    expected.signFors = expected.signFors.map((signFor) => ({ ...signFor, officialId: 'successor' }));
    expect(standing).toEqual(expected);
  });

  it('after the sign-for time leaves the lateness with who was late', () => {
    const standing = assigned();
    handOver(standing, '2021-11-05T09:00');
    expect(standing.officialId).toBe('successor');
    expect(standing.signFors).toMatchObject([{ officialId: 'leaving' }]);
  });

  it.each([{ coHandlerId: 'co-handler' }, { assignmentId: 'another' }])(
    'of %j leaves the official of the assignment',
    (over) => {
      const standing = assigned();
      handOver(standing, '2021-11-04T09:00', over);
      expect(standing).toEqual(assigned());
    },
  );
});
