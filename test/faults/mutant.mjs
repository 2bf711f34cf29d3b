// node --import ./test/faults/mutant.mjs …: a process in which the guard that MUTANT describes is taken away.
import { register } from 'node:module';

register('./mutant-hooks.mjs', import.meta.url, { data: JSON.parse(process.env.MUTANT) });
