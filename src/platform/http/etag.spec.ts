import { describe, expect, it } from '@jest/globals';
import { checkIfMatch, etagOf, requireIfMatch } from './etag.js';

describe('If-Match', () => {
  it.each(['"3"', '*', '"1", "3"', ' "3" '])('%s matches version 3', (header) => {
    expect(() => requireIfMatch(header, 3)).not.toThrow();
  });

  it.each(['"2"', '3', 'W/"3"', '"33"', 'nonsense'])('%s does not', (header) => {
    expect(() => checkIfMatch(header, 3)).toThrow(
      expect.objectContaining({ status: 412, code: 'VERSION_STALE' }),
    );
  });

  it('is needed for a change and not for an action', () => {
    expect(() => requireIfMatch(undefined, 3)).toThrow(
      expect.objectContaining({ status: 428, code: 'IF_MATCH_REQUIRED' }),
    );
    expect(() => requireIfMatch('', 3)).toThrow(expect.objectContaining({ status: 428 }));
    expect(() => checkIfMatch(undefined, 3)).not.toThrow();
  });

  it('takes the tag of an answer', () => expect(() => requireIfMatch(etagOf(7), 7)).not.toThrow());
});
