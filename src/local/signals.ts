/**
 * Resolves at the first signal that asks to stop. Later ones are passed over: Ctrl-C reaches npm as well, which sends
 * it on, so the same wish may come twice.
 */
export function untilSignalled(): Promise<'signalled'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve('signalled'));
  });
}
