import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { chainHash, HASH_ALGORITHMS, type HashAlgorithm } from '../../platform/chain/chain-hash.js';
import { ChainWalk, neighboursOf } from './chain-walk.js';
import type { ChainFault, KnownEnd, Link } from './fault.js';
import { faultsOfEnd, nameFaults } from './name-faults.js';

interface Note extends Link {
  text: string;
  algorithm: HashAlgorithm;
}

const hashOf = (previous: Buffer | null, { id, text, algorithm }: Note, sequence: number): Buffer =>
  chainHash(algorithm, previous, { id, sequence, text, algorithm });

function chainOf(texts: ReadonlyArray<{ text: string; algorithm: HashAlgorithm }>): Note[] {
  const links: Note[] = [];
  for (const [place, said] of texts.entries()) {
    const link = { ...said, id: `event ${place + 1}`, sequence: place + 1, hash: Buffer.alloc(0) };
    links.push({ ...link, hash: hashOf(links.at(-1)?.hash ?? null, link, place + 1) });
  }
  return links;
}

const endOf = (links: readonly Note[]): KnownEnd => ({
  lastSequence: links.length,
  lastHash: links.at(-1)?.hash ?? null,
});

function verify(links: readonly Note[], end: KnownEnd | undefined): ChainFault[] {
  const walk = new ChainWalk(hashOf);
  for (const link of links) walk.take(link);
  const near = new Set(neighboursOf(walk.breaks));
  const faults = [
    ...walk.faults,
    ...nameFaults(
      walk,
      links.filter(({ sequence }) => near.has(sequence)),
      hashOf,
    ),
  ];
  return [...faults, ...faultsOfEnd(walk, end, faults)];
}

const renumbered = (links: readonly Note[]): Note[] =>
  links.map((link, place) => ({ ...link, sequence: place + 1 }));
const without = (links: readonly Note[], place: number): Note[] => links.toSpliced(place, 1);
const kindsOf = (faults: readonly ChainFault[]) =>
  faults.map(({ kind, sequence, eventId }) => [kind, sequence, eventId]);

const said = fc.record({ text: fc.string(), algorithm: fc.constantFrom(...HASH_ALGORITHMS) });
/** A chain and a place in it. */
const anyPlace = fc
  .array(said, { minLength: 3, maxLength: 14 })
  .chain((texts) => fc.tuple(fc.constant(chainOf(texts)), fc.nat({ max: texts.length - 1 })));
const property = (
  holds: (links: Note[], place: number) => void,
  isCovered: (links: Note[], place: number) => boolean = () => true,
): void => {
  fc.assert(
    fc.property(
      anyPlace.filter(([links, place]) => isCovered(links, place)),
      ([links, place]) => holds(links, place),
    ),
  );
};

describe('the walk along a chain', () => {
  it('finds nothing where nothing was done, whatever algorithms are mixed', () => {
    property((links) => expect(verify(links, endOf(links))).toEqual([]));
  });

  it('names an event that was changed', () => {
    property((links, place) => {
      const changed = links.map((link, at) => (at === place ? { ...link, text: `${link.text}.` } : link));
      expect(kindsOf(verify(changed, endOf(links)))).toEqual([['changed', place + 1, `event ${place + 1}`]]);
    });
  });

  it('names an event that is said to be of the other algorithm', () => {
    property((links, place) => {
      const other = (link: Note): Note => ({
        ...link,
        algorithm: link.algorithm === 'sm3' ? 'sha256' : 'sm3',
      });
      const changed = links.map((link, at) => (at === place ? other(link) : link));
      expect(kindsOf(verify(changed, endOf(links)))).toEqual([['changed', place + 1, `event ${place + 1}`]]);
    });
  });

  it('names the place next to an event that was changed and hashed anew', () => {
    property((links, place) => {
      const forged = links.map((link, at) => {
        if (at !== place) return link;
        const changed = { ...link, text: `${link.text}.` };
        return { ...changed, hash: hashOf(links[at - 1]?.hash ?? null, changed, at + 1) };
      });
      const found = Math.min(place + 2, links.length);
      expect(kindsOf(verify(forged, endOf(links)))).toEqual([['changed', found, `event ${found}`]]);
      const [fault] = verify(forged, endOf(links));
      if (place + 1 < links.length) expect(fault?.params['after']).toBe(`event ${place + 1}`);
    });
  });

  it('names where an event was removed', () => {
    property(
      (links, place) =>
        expect(kindsOf(verify(without(links, place), endOf(links)))).toEqual([['removed', place + 1, null]]),
      (links, place) => place + 1 < links.length,
    );
  });

  it('names where an event was removed and the others renumbered', () => {
    property(
      (links, place) =>
        expect(kindsOf(verify(renumbered(without(links, place)), endOf(links)))).toEqual([
          ['removed', place + 1, null],
        ]),
      (links, place) => place + 2 < links.length,
    );
  });

  it('finds an event removed before the last, which took its number', () => {
    property((links) => {
      const faults = verify(renumbered(without(links, links.length - 2)), endOf(links));
      expect(faults.map(({ kind }) => kind)).toContain('truncated');
    });
  });

  it('names a chain that was cut at its end', () => {
    property((links, place) => {
      const [fault] = verify(links.slice(0, place), endOf(links));
      expect(fault).toMatchObject({
        kind: 'truncated',
        sequence: place + 1,
        params: { count: links.length - place },
      });
    });
  });

  it('names two events that changed places', () => {
    fc.assert(
      fc.property(anyPlace, fc.nat(), ([links, place], other) => {
        const second = other % links.length;
        fc.pre(second !== place);
        const swapped = links.map((link, at) =>
          at === place ? (links[second] ?? link) : at === second ? (links[place] ?? link) : link,
        );
        const faults = verify(renumbered(swapped), endOf(links));
        const named = [place, second].toSorted((one, two) => one - two);
        expect(kindsOf(faults)).toEqual(
          named.map((at, index) => ['reordered', at + 1, `event ${(named[1 - index] ?? 0) + 1}`]),
        );
      }),
    );
  });

  it.each(['its own', 'a hash that fits', 'the hash of another'])(
    'names an event that was inserted with %s, the others renumbered',
    (what) => {
      property((links, place) => {
        const previous = links[place - 1]?.hash ?? null;
        const link: Note = {
          id: 'forged',
          sequence: place + 1,
          text: 'forged',
          algorithm: 'sha256',
          hash: Buffer.alloc(32),
        };
        if (what === 'a hash that fits') link.hash = hashOf(previous, link, place + 1);
        if (what === 'the hash of another') link.hash = links[place]?.hash ?? link.hash;
        const forged = renumbered(links.toSpliced(place, 0, link));
        expect(kindsOf(verify(forged, endOf(links)))).toEqual([['inserted', place + 1, 'forged']]);
        // And where the end was moved with them.
        const moved = { ...endOf(links), lastSequence: links.length + 1 };
        expect(kindsOf(verify(forged, moved))).toContainEqual(['inserted', place + 1, 'forged']);
      });
    },
  );

  it('names an event that was added behind the end', () => {
    property((links) => {
      const last = { id: 'forged', text: '', algorithm: 'sha256' as const, sequence: links.length + 1 };
      const hash = hashOf(links.at(-1)?.hash ?? null, { ...last, hash: Buffer.alloc(0) }, last.sequence);
      expect(kindsOf(verify([...links, { ...last, hash }], endOf(links)))).toEqual([
        ['inserted', links.length + 1, 'forged'],
      ]);
    });
  });

  it('finds a chain hashed anew from somewhere to its end, by the end that is known', () => {
    property((links, place) => {
      const anew: Note[] = [];
      for (const [at, link] of links.entries()) {
        const changed = at === place ? { ...link, text: `${link.text}.` } : link;
        anew.push({ ...changed, hash: hashOf(anew.at(-1)?.hash ?? null, changed, at + 1) });
      }
      expect(verify(anew, endOf(links)).map(({ kind }) => kind)).toEqual(['changed']);
    });
  });

  it('finds a number that was given twice, and a chain that belongs to nothing', () => {
    const links = chainOf([
      { text: 'a', algorithm: 'sha256' },
      { text: 'b', algorithm: 'sm3' },
    ]);
    const [first, second] = links;
    if (first === undefined || second === undefined) throw new Error('no links');
    expect(kindsOf(verify([first, { ...first, id: 'forged' }, second], endOf(links)))).toContainEqual([
      'inserted',
      1,
      'forged',
    ]);
    expect(kindsOf(verify(links, undefined))).toEqual([['subject_missing', null, 'event 2']]);
  });

  it('stays bounded, and finds, where every link is broken', () => {
    const links = chainOf(Array.from({ length: 500 }, () => ({ text: 'x', algorithm: 'sha256' as const })));
    const broken = links.map((link) => ({ ...link, text: 'y' }));
    const faults = verify(broken, endOf(links));
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.length).toBeLessThan(50);
    expect(faults[0]).toMatchObject({ kind: 'changed', eventId: 'event 1' });
  });
});
