import { it } from '@jest/globals';
import { hasHeld, noteEnd } from './outcomes.js';
import { Seeded } from './seeded.js';

export interface Round {
  /** As it stands in the table: `worker-killed 3`. */
  name: string;
  random: Seeded;
}

type Play = (round: Round) => Promise<void>;

/**
 * Plays the rounds of a spec, each from a seed of its own, so that one repeats alone as well:
 * `FAULTS_SEED=… npm run test:faults -- worker-killed -t 'round 3$'`. What held in a long run that was broken off is not
 * played again.
 */
export const eachRound = (spec: string, play: Play): void => rounds(spec, 'FAULTS_ROUNDS', play);

/** Of a fault that is a kill: a long run (`FAULTS_KILLS=100`) has as many rounds of it as make up its kills. */
export const eachKillingRound = (spec: string, play: Play): void => rounds(spec, 'FAULTS_KILL_ROUNDS', play);

function rounds(spec: string, setting: string, play: Play): void {
  const { [setting]: length = '1', FAULTS_SEED: seed = '' } = process.env;
  const numbers = Array.from({ length: Number(length) }, (_, index) => index + 1);
  it.each(numbers)(`${spec}, round %i`, async (number) => {
    const name = `${spec} ${number}`;
    if (hasHeld(name)) return;
    try {
      await play({ name, random: new Seeded(seed, spec, number) });
      noteEnd(name, null);
    } catch (error) {
      noteEnd(name, error);
      throw error;
    }
  });
}
