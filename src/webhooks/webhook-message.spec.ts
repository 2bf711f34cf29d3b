import { describe, expect, it } from '@jest/globals';
import { WEBHOOK_EVENT_TYPES } from './event-types.js';
import { eventMessage, type SentEvent } from './webhook-message.js';

const event: SentEvent = {
  id: '0193a1b2-0000-7000-8000-000000000001',
  type: 'returned',
  subjectId: '0193a1b2-0000-7000-8000-000000000002',
  subjectKind: 'case',
  chainId: '0193a1b2-0000-7000-8000-000000000002',
  sequence: 3,
  effectiveAt: new Date('2021-11-03T01:00:00Z'),
  recordedAt: new Date('2021-11-03T02:00:00Z'),
  payload: { assignmentId: 'a', ground: 'wrong_department', reason: '王建国 13900000001', assignBy: 'b' },
  number: 'AK-2021-000123',
  reportingUnitCode: '610902',
};

describe('the message of an event', () => {
  it('holds ids and facts, and nothing that somebody wrote', () => {
    expect(JSON.parse(eventMessage(event))).toEqual({
      type: 'case.returned',
      timestamp: '2021-11-03T01:00:00.000Z',
      data: {
        eventId: event.id,
        chainId: event.chainId,
        sequence: 3,
        caseId: event.subjectId,
        number: 'AK-2021-000123',
        reportingUnit: '610902',
        status: 'reported',
        effectiveAt: '2021-11-03T01:00:00.000Z',
        recordedAt: '2021-11-03T02:00:00.000Z',
        facts: { assignmentId: 'a', ground: 'wrong_department', assignBy: 'b' },
      },
    });
  });

  it('is bounded, whatever the event says', () => {
    const long = '长'.repeat(50_000);
    const payload = { text: long, ground: long, problemIds: [long], facts: { long }, measures: 3 };
    const message = eventMessage({ ...event, subjectKind: 'problem', type: 'note_added', payload });
    expect(message.length).toBeLessThan(1_000);
    expect(JSON.parse(message)).toMatchObject({
      type: 'problem.note_added',
      data: { status: null, facts: {} },
    });
  });

  it('is of a type of the closed list', () => {
    expect(WEBHOOK_EVENT_TYPES).toContain('case.returned');
    expect(WEBHOOK_EVENT_TYPES).not.toContain('problem.plan_saved');
    expect(new Set(WEBHOOK_EVENT_TYPES).size).toBe(WEBHOOK_EVENT_TYPES.length);
  });
});
