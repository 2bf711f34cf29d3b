import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EXPORTS_FILE, exportsPage } from '../support/exports-page.js';
import { OfficeWorld, OPENED_AS_CSV } from '../support/office.js';

const DOCS = path.resolve(import.meta.dirname, '../../docs');
const BROWSER = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
];

let world: OfficeWorld;
beforeAll(async () => {
  world = await OfficeWorld.open();
});
afterAll(() => world.close());

/** A page as a browser shows it, into docs/. */
function picture(html: string, name: string, width: number, height: number): void {
  const page = world.scratch(`${name}.html`);
  writeFileSync(page, html);
  const profile = `--user-data-dir=${world.scratch(`chromium-${name}`)}`;
  const target = path.join(DOCS, name);
  const { error, status } = spawnSync(
    'chromium',
    [
      ...BROWSER,
      profile,
      `--window-size=${width},${height}`,
      `--screenshot=${target}`,
      pathToFileURL(page).href,
    ],
    { stdio: 'ignore', timeout: 120_000 },
  );
  if (error !== undefined || status !== 0) throw new Error('no chromium could be run', { cause: error });
}

/** Pages of a document beside one another, from 1, as LibreOffice prints them. */
function pagesPicture(
  file: string,
  name: string,
  pages: (count: number) => number[],
  columns: number,
  width: number,
  ratio: number,
): void {
  const [pdf = ''] = world.converted(file, 'pdf').values();
  const folder = mkdtempSync(world.scratch('pages-'));
  execFileSync('pdftoppm', ['-r', '80', '-png', pdf, path.join(folder, 'page')]);
  const all = readdirSync(folder).toSorted();
  const images = pages(all.length).map((page) => path.join(folder, all[page - 1] ?? ''));
  const cell = Math.floor(width / columns);
  const tags = images.map(
    (image) => `<img src="data:image/png;base64,${readFileSync(image).toString('base64')}">`,
  );
  const rows = Math.ceil(images.length / columns);
  picture(
    `<style>body{margin:0;background:#d5d8de;display:grid;grid-template-columns:repeat(${columns},1fr)}img{width:${cell - 16}px;margin:8px;box-shadow:0 1px 4px #0006}</style>${tags.join('')}`,
    name,
    width,
    Math.ceil(rows * ((cell - 16) * ratio + 16)),
  );
}

it('the page', () => {
  writeFileSync(path.resolve(DOCS, '..', EXPORTS_FILE), exportsPage());
});

it.each(['zh-CN', 'en'])('%s: workbook, circular and CSV', async (lang) => {
  const workbook = await world.exported(`format=xlsx&lang=${lang}`, `weekly.${lang}.xlsx`);
  pagesPicture(
    workbook,
    `export-xlsx-${lang}.png`,
    (count) => [3, 5, 7, count - 2, count - 1, count],
    2,
    1400,
    0.71,
  );
  const circular = await world.exported(`format=docx&lang=${lang}`, `circular.${lang}.docx`);
  pagesPicture(circular, `export-docx-${lang}.png`, () => [1, 2, 3], 3, 1400, 1.42);
  const csv = await world.exported(`format=csv&lang=${lang}`, `weekly.${lang}.csv`);
  const [opened = ''] = world.textsOf(csv, 'html', OPENED_AS_CSV);
  const style =
    '<style>table{border-collapse:collapse;font-size:12px}td{border:1px solid #ccc;padding:2px 5px;white-space:nowrap}</style>';
  picture(style + opened, `export-csv-${lang}.png`, 1750, 300);
  for (const format of ['xlsx', 'docx', 'csv'])
    expect(
      readFileSync(path.join(DOCS, `export-${format}-${lang}.png`))
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
});
