import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

// What dependency-cruiser cannot see: not who imports whom, but what is said inside.

const root = path.resolve(import.meta.dirname, '..');
const sources = ['src', 'migrations', 'test', 'bench'].flatMap(filesUnder);
const specs = sources.filter((file) => file.endsWith('.spec.ts'));
const product = sources.filter((file) => /^(src|migrations)\//.test(file) && !file.endsWith('.spec.ts'));
/** The launcher begins before there is any configuration, and times real processes. */
const served = product.filter((file) => !file.startsWith('src/local/'));

const SKIPPED = new Set(['skip', 'only', 'todo', 'failing']);
const SKIPPED_SHORT = new Set(['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe']);
const EMPTY_NAMES = /(^|[/.-])(utils?|common|helpers?|managers?)([/.-]|$)/;

describe('architecture', () => {
  it('reads the environment in the configuration only', () => {
    const readers = served.filter((file) => !file.startsWith('src/platform/config/'));
    expect(found(readers, isEnvironment)).toEqual([]);
  });

  it('takes the time from Clock only', () => {
    const readers = served.filter((file) => file !== 'src/platform/clock/clock.ts');
    expect(found(readers, isPresentMoment)).toEqual([]);
  });

  it('writes in transactions: what features read by is for reading', () => {
    // Platform's own store of answers goes with the transaction of the request, which the reader then reads in.
    const features = served.filter((file) => !file.startsWith('src/platform/'));
    expect(found(features, isWriteByReader)).toEqual([]);
  });

  it('makes routes of POST by the one decorator that keeps what they answer', () => {
    const makers = product.filter((file) => file !== 'src/platform/http/idempotency/post.ts');
    expect(found(makers, isPostOfNest)).toEqual([]);
  });

  it('resolves cycles by design, not by forwardRef', () => {
    expect(found(product, (node) => ts.isIdentifier(node) && node.text === 'forwardRef')).toEqual([]);
  });

  it('runs every test that is written', () => {
    expect(specs.length).toBeGreaterThan(10);
    expect(found(specs, isSkipped)).toEqual([]);
  });

  it('waits for conditions in tests, never for time', () => {
    expect(found(specs, isSleep)).toEqual([]);
  });

  it('keeps files below 400 lines and names them for what they hold', () => {
    // A migration is one list of statements, read once, and never edited.
    const tooLong = sources.filter(
      (file) => !file.startsWith('migrations/') && read(file).split('\n').length > 400,
    );
    expect(tooLong).toEqual([]);
    expect(sources.filter((file) => EMPTY_NAMES.test(file))).toEqual([]);
    expect(sources.filter((file) => !/^([a-z\d./-]|zh-CN)+$/.test(file))).toEqual([]);
  });
});

function isEnvironment(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && node.getText() === 'process.env';
}

function isPresentMoment(node: ts.Node): boolean {
  if (ts.isNewExpression(node))
    return node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0;
  return (
    ts.isCallExpression(node) &&
    ['Date', 'Date.now', 'DateTime.now', 'DateTime.local', 'DateTime.utc'].includes(node.expression.getText())
  );
}

/** `reader.query` and its like with a statement that changes rows. */
function isWriteByReader(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !/\breader\.(query|named|prepared)$/i.test(node.expression.getText()))
    return false;
  return node.arguments.some((argument) => /^[`'"]\s*(INSERT|UPDATE|DELETE)\b/.test(argument.getText()));
}

function isPostOfNest(node: ts.Node): boolean {
  if (!ts.isImportSpecifier(node)) return false;
  const isFromNest = node.parent.parent.parent.moduleSpecifier.getText() === "'@nestjs/common'";
  return isFromNest && ['Post', 'All', 'RequestMapping'].includes((node.propertyName ?? node.name).text);
}

function isSkipped(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const called = node.expression.getText();
  const [name, ...members] = called.split('.');
  if (name === undefined || SKIPPED_SHORT.has(name)) return name !== undefined;
  return ['it', 'test', 'describe'].includes(name) && members.some((member) => SKIPPED.has(member));
}

/** `await` of a timer and nothing else; a timer inside a loop that asks for a condition is not one. */
function isSleep(node: ts.Node): boolean {
  if (!ts.isAwaitExpression(node) || !ts.isCallExpression(node.expression)) return false;
  const isTimer = ['setTimeout', 'wait', 'sleep', 'delay'].includes(node.expression.expression.getText());
  return isTimer && !isInLoop(node);
}

function isInLoop(node: ts.Node): boolean {
  for (let outer = node.parent; outer !== undefined; outer = outer.parent) {
    if (ts.isIterationStatement(outer, false)) return true;
  }
  return false;
}

/** `file:line` of every node that matches. */
function found(files: readonly string[], matches: (node: ts.Node) => boolean): string[] {
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
    const places: string[] = [];
    const visit = (node: ts.Node): void => {
      if (matches(node))
        places.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return places;
  });
}

function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}
