import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { messages } from '../src/platform/errors/messages.en.js';

/** A refusal, or a fault of one, as the source writes it. */
const CODES = [
  /new Refusal\(\s*\d{3},\s*'([A-Z_]+)'/g,
  /status: \d{3}, code: '([A-Z_]+)'/g,
  /pointer[^}]*code: '([A-Z_]+)'/g,
];

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => readFileSync(path.join('src', file), 'utf8'));

const codes = new Set(
  files.flatMap((source) =>
    CODES.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? '')),
  ),
);

describe('every refusal of the source has a text', () => {
  it('is found by the patterns at all', () => expect(codes.size).toBeGreaterThan(60));

  it.each([...codes])('%s', (code) => expect(messages).toHaveProperty([code]));
});
