import dns, { type LookupAddress } from 'node:dns';
import type { OutgoingRules } from './outgoing-rules.js';

/** For the first answer of a name server; there is no second question. */
const ASKED = { timeout: 2_000, tries: 1 };
/** For all name servers of this machine together. */
const ANSWER_WITHIN_MS = 5_000;
const LOOPBACK = 'localhost';

/**
 * The addresses of a name. Name servers are asked without the system's own function: that holds one of the few threads
 * which files and passwords need as well, for as long as a name server hangs, and cannot be called off. Only what an
 * operator has listed is asked of the system, for it may stand in a file of the machine; and `localhost`, which does.
 * @throws the error of the name server
 */
export async function addressesOf(name: string, rules: OutgoingRules): Promise<LookupAddress[]> {
  if (name === LOOPBACK || rules.isListedName(name)) return await asSystem(name);
  const resolver = new dns.promises.Resolver(ASKED);
  const timer = setTimeout(() => resolver.cancel(), ANSWER_WITHIN_MS);
  try {
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    if (four.status === 'rejected' && six.status === 'rejected') throw four.reason;
    return [
      ...(four.status === 'fulfilled' ? four.value : []).map((address) => ({ address, family: 4 })),
      ...(six.status === 'fulfilled' ? six.value : []).map((address) => ({ address, family: 6 })),
    ];
  } finally {
    clearTimeout(timer);
  }
}

/** Given up after the same time, though the thread is not free until it has its answer. */
async function asSystem(name: string): Promise<LookupAddress[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer for ${name}`)), ANSWER_WITHIN_MS);
  });
  const found = new Promise<LookupAddress[]>((resolve, reject) => {
    dns.lookup(name, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
  return await Promise.race([found, tooLong]).finally(() => clearTimeout(timer));
}
