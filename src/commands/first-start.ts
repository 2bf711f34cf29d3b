import type { INestApplicationContext } from '@nestjs/common';
import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { SYSTEM } from '../access/actor.js';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { ImportsService } from '../intake/imports.service.js';
import type { LedgerImport } from '../intake/ledger-import.entity.js';
import { mobileColumns } from '../organization/official-mobile.js';
import { Clock } from '../platform/clock/clock.js';
import { loadLocale } from '../platform/config/app-config.js';
import { Reader } from '../platform/database/reader.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import { Worker } from '../platform/queue/worker.js';
import { Sweep } from '../reminders/sweep.js';
import { ClosureExports } from '../statistics/export/closure-exports.js';
import { StatisticsService } from '../statistics/statistics.service.js';
import { startOf, parseWeek } from '../statistics/week.js';
import { beginExampleCampaigns } from './example-campaign.js';
import { firstStartSummary } from './first-start-summary.js';
import { SendingClock } from './sending-clock.js';
import { untilSent } from './until-sent.js';
import { withProduct } from './with-product.js';
import { writeOut } from './write-out.js';

const EXAMPLE = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../../examples/ledger-2021-11.xlsx',
);
/** The last week that the example tells of. */
const EXAMPLE_LAST_WEEK = '2021-W47';
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The main job, shown on the example ledger: the workbook in, the reminders out, last week's closures counted. Each
 * step leaves alone what an earlier, broken-off run of it has done.
 */
export async function firstStart(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { out: { type: 'string' } } });
  const out = values.out ?? '.';
  const taken = await withProduct(async (app) => {
    await app.get(Transactions).run((tx) => staffTaskForce(tx, app.get(PersonalData)));
    const days = await shiftDays(app);
    const example = await takeExample(app, days);
    await beginExampleCampaigns(app, days);
    return example;
  });
  const clock = await withProduct(async (app) => {
    const calendar = await app.get(CalendarService).current();
    return new SendingClock(app.get(Clock), calendar, app.get(OfficeTime));
  });
  const reminders = await withProduct(remind, clock);
  const summary = await withProduct(async (app) => {
    const statistics = app.get(StatisticsService);
    const week = statistics.lastCompleteWeek();
    const file = path.join(out, `weekly-${week}.xlsx`);
    await mkdir(out, { recursive: true });
    const cut = { subject: 'case', by: 'reportingUnit' } as const;
    const ask = {
      period: week,
      isWeek: true,
      cut,
      table: 'closure',
      locale: loadLocale(),
      actor: SYSTEM,
    } as const;
    const workbook = await app.get(ClosureExports).prepare('xlsx', ask);
    await writeOut(workbook.content(), file, true);
    const table = await statistics.table(week, cut);
    return firstStartSummary({
      taken,
      table,
      file,
      remindedAt: clock.isMoved ? clock.now() : null,
      ...reminders,
    });
  });
  process.stdout.write(`${summary}\n`);
}

/** Someone in the task-force office, whom the example's reminders reach: no ledger names its officials. */
async function staffTaskForce(tx: Transaction, personalData: PersonalData): Promise<void> {
  const id = uuidv7();
  const mobile = mobileColumns(personalData, id, '19900009999');
  await tx.query(
    `INSERT INTO officials (id, department_id, name, post, duty, mobile_sealed, mobile_search_key, is_mobile, email)
     SELECT $1, id, '示例专班干部', '干部', 'liaison', $2, $3, $4, 'task-force@ankang.example'
       FROM departments WHERE is_task_force
     ON CONFLICT DO NOTHING`,
    [id, mobile.mobileSealed, mobile.mobileSearchKey, mobile.isMobile],
  );
}

/** Moved by whole weeks, so that the last week of the example is the last complete week. */
async function takeExample(app: INestApplicationContext, days: number): Promise<LedgerImport> {
  const imports = app.get(ImportsService);
  const id = await imports.runNow({
    fileName: path.basename(EXAMPLE),
    content: createReadStream(EXAMPLE),
    mode: 'commit',
    onError: 'keep_valid',
    createdBy: null,
    shiftDays: days,
  });
  const taken = await imports.get(id);
  if (taken.status === 'failed') throw new Error(`the example ledger was not taken: ${taken.error?.code}`);
  return taken;
}

/** A first start that was broken off is gone on with as it was begun, also in a later week. */
async function shiftDays(app: INestApplicationContext): Promise<number> {
  const [earlier] = await app
    .get(Reader)
    .query<{ shiftDays: number }>(
      `SELECT shift_days AS "shiftDays" FROM imports WHERE file_name = $1 AND shift_days <> 0 ORDER BY created_at LIMIT 1`,
      [path.basename(EXAMPLE)],
    );
  if (earlier !== undefined) return earlier.shiftDays;
  const office = app.get(OfficeTime);
  const lastWeek = parseWeek(app.get(StatisticsService).lastCompleteWeek());
  const moved = startOf(lastWeek, office).getTime() - startOf(parseWeek(EXAMPLE_LAST_WEEK), office).getTime();
  return Math.round(moved / DAY_MS);
}

/** What the database says of cases, reminders and messages once everything has been sent. */
async function remind(app: INestApplicationContext): Promise<Omit<FirstStartFigures, 'taken'>> {
  app.get(Worker).start();
  await app.get(Sweep).run();
  const reader = app.get(Reader);
  await untilSent(reader);
  return {
    cases: await reader.query<Count>(
      'SELECT status AS key, count(*)::int FROM cases GROUP BY 1 ORDER BY 2 DESC',
    ),
    reminders: await reader.query<Count>(
      `SELECT rung || CASE state WHEN 'superseded' THEN ' (superseded)' ELSE '' END AS key, count(*)::int
         FROM reminders WHERE state IN ('recorded', 'superseded') GROUP BY 1 ORDER BY 2 DESC`,
    ),
    deliveries: await reader.query<Count>(
      'SELECT status AS key, count(*)::int FROM deliveries GROUP BY 1 ORDER BY 2 DESC',
    ),
    messages: await reader.query<Count>(
      `SELECT channel || ' ' || status AS key, count(*)::int FROM messages GROUP BY 1 ORDER BY 2 DESC`,
    ),
  };
}

export interface Count {
  key: string;
  count: number;
}

export interface FirstStartFigures {
  taken: LedgerImport;
  cases: Count[];
  reminders: Count[];
  deliveries: Count[];
  messages: Count[];
}
