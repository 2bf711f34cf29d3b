import { loadLocale } from '../platform/config/app-config.js';
import { textOf } from '../platform/errors/message-text.js';
import { Refusal } from '../platform/errors/refusal.js';
import { isCalendarDate } from '../platform/http/calendar-date.validator.js';
import { INSTANT, instantOf } from '../platform/http/instant.js';
import { wholeView } from '../production/what-if/preview-view.js';
import { WhatIf } from '../production/what-if/what-if.js';
import { nothingKnown, whatIfWording } from '../production/what-if/what-if-wording.js';
import { UsageError } from '../run-process.js';
import { parsedArgs } from './parsed-args.js';
import { readPolicy } from './policy-file.js';
import { withProduct } from './with-product.js';

export const DETECT_USAGE =
  'detect --as-of YYYY-MM [--known-at INSTANT] [--policy FILE.json] [--unit CODE] [--json]';

/** Nothing is known of any enterprise by then. */
const NOTHING_KNOWN = 3;

/**
 * `detect --as-of 2021-10`: who would be in which status, what candidates there would be, what differs from the policy
 * in force; writes nothing. Ends with 1 where it was asked wrongly, with 3 where nothing is known of that month.
 */
export async function detect(args: string[]): Promise<void> {
  const ask = readArgs(args);
  const parameters = ask.policy === undefined ? null : await readPolicy(ask.policy);
  const locale = loadLocale();
  const answer = await withProduct((app) =>
    app
      .get(WhatIf)
      .run({
        ...ask,
        parameters,
        most: Number.POSITIVE_INFINITY,
        withinMs: Number.POSITIVE_INFINITY,
      })
      .catch((error: unknown) => {
        throw withEachFault(error);
      }),
  );
  if (answer.report.enterprises === 0) {
    process.stderr.write(`${nothingKnown(ask.asOf, locale)}\n`);
    process.exitCode = NOTHING_KNOWN;
    return;
  }
  process.stdout.write(
    `${ask.isJson ? JSON.stringify(wholeView(answer, locale)) : whatIfWording(answer, locale)}\n`,
  );
}

function readArgs(args: string[]) {
  const text = { type: 'string' } as const;
  const { values } = parsedArgs(
    {
      args,
      options: {
        'as-of': text,
        'known-at': text,
        policy: text,
        unit: text,
        json: { type: 'boolean', default: false },
      },
    },
    DETECT_USAGE,
  );
  const asOf = values['as-of'];
  if (asOf === undefined || !isCalendarDate(`${asOf}-01`))
    throw new UsageError(`--as-of is a month, such as 2021-10\n${DETECT_USAGE}`);
  const knownAt = values['known-at'];
  if (knownAt !== undefined && !INSTANT.test(knownAt))
    throw new UsageError('--known-at is an instant with offset, such as 2021-11-08T09:00:00+08:00');
  return {
    asOf,
    knownAt: knownAt === undefined ? null : instantOf(knownAt, '--known-at'),
    policy: values.policy,
    unit: values.unit ?? null,
    isJson: values.json,
  };
}

/** A refusal says how many faults there are; who typed them wants each. */
function withEachFault(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  const locale = loadLocale();
  const faults = error.faults.map(({ code, params }) => textOf(code, params ?? {}, locale));
  return new UsageError([textOf(error.code, error.params, locale), ...new Set(faults)].join('\n'));
}
