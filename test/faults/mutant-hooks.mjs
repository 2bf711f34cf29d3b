let mutant;

export function initialize(data) {
  mutant = data;
}

/** A guard that is not where it was must not pass for one that was taken away: the process does not come up then. */
export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.endsWith(`/dist/src/${mutant.file}`)) return loaded;
  let source = String(loaded.source);
  for (const [guard, instead] of mutant.changes) {
    const parts = source.split(guard);
    if (parts.length !== 2) throw new Error(`${mutant.file} has ${parts.length - 1} times: ${guard}`);
    source = parts.join(instead);
  }
  return { ...loaded, source };
}
