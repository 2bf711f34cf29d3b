import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import spectral, { type RulesetDefinition } from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { RegisterFactory } from '../factories/register.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

/** As the generator is to be used, and as strictly as portals compile. */
const COMPILER: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
};
// Their types demand of a rule set that it extends another, which this one does not.
const OAS = rulesets.oas as RulesetDefinition;
const STORY = 'examples/portal-client/story.ts';

let world: TestApp;
let document: string;
let folder: string;

beforeAll(async () => {
  world = await createTestApp();
  document = await (await fetch(`${world.url}/api/openapi.json`)).text();
  folder = mkdtempSync(path.join(tmpdir(), 'shukun-portal-'));
  // So that the story finds its packages as a portal's would.
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

describe('the OpenAPI document', () => {
  it("lints clean by Spectral's rules of OpenAPI", async () => {
    const linter = new spectral.Spectral();
    linter.setRuleset({ extends: [[OAS, 'recommended']] });
    const found = await linter.run(JSON.parse(document));
    expect(found.map(({ code, path: place, message }) => `${code} ${place.join('/')} ${message}`)).toEqual(
      [],
    );
  });

  it('makes a client that drives a story: compiled strictly, then run', async () => {
    writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(path.join(folder, 'api.d.ts'), astToString(await openapiTS(document)));
    const story = path.join(folder, 'story.ts');
    copyFileSync(STORY, story);
    const program = ts.createProgram([story], COMPILER);
    expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
    const { outputText } = ts.transpileModule(readFileSync(story, 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    writeFileSync(path.join(folder, 'story.js'), outputText);

    const make = new RegisterFactory(world.database.dataSource);
    const enterprise = await make.enterprise();
    const department = await make.department();
    const official = await make.official(department);
    const office = await make.account('task_force', { departmentId: (await make.department()).id });
    const claimant = await make.account('department', { departmentId: department.id });
    const told = await run(folder, {
      url: world.url,
      office,
      claimant,
      enterpriseId: enterprise.id,
      officialId: official.id,
    });
    expect(told).toEqual({
      number: expect.stringMatching(/^AK-\d{4}-\d{6}$/),
      dueAt: expect.stringMatching(/T10:00:00\.000Z$/),
      refusedAgain: 'VERSION_STALE',
    });
  });
});

/** In a process of its own, as a portal is; the API answers it from this one. */
async function run(place: string, input: object): Promise<unknown> {
  const main = `import { claim, report, signIn } from ${JSON.stringify(pathToFileURL(path.join(place, 'story.js')).href)};
const { url, office, claimant, enterpriseId, officialId } = ${JSON.stringify(input)};
const { caseId } = await report(await signIn(url, office.username, office.password), enterpriseId);
console.log(JSON.stringify(await claim(await signIn(url, claimant.username, claimant.password), caseId, officialId)));`;
  writeFileSync(path.join(place, 'main.js'), main);
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(place, 'main.js')]);
  return JSON.parse(stdout);
}
