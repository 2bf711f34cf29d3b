import type { DXT } from 'docxtemplater';
import type PizZip from 'pizzip';
import { type Fault, Refusal } from '../../platform/errors/refusal.js';
import type { TemplateValues } from './template-values.js';
import { kindOf } from './template-variables.js';

/** Fields of the local calendar go into the file: the same ones in whatever zone the machine is. */
const PACKED_AT = new Date(2000, 0, 1);
const CONTENT_TYPES = '[Content_Types].xml';

/**
 * Fills a template in. No code of the template runs: a placeholder is the name of a variable and nothing else, and no
 * value is read as a placeholder or as markup. The same template and values give the same bytes.
 * @throws Refusal 422 CIRCULAR_TEMPLATE_INVALID with what is wrong, by name
 */
export async function renderTemplate(template: Buffer, values: TemplateValues): Promise<Buffer> {
  const [{ default: Docxtemplater }, { default: Zip }] = await Promise.all([
    import('docxtemplater'),
    import('pizzip'),
  ]);
  const faults = new Map<string, Fault>();
  const note = (code: string, name: string): void => {
    faults.set(`${code} ${name}`, { pointer: '/file', code, params: { name } });
  };
  try {
    const document = new Docxtemplater(new Zip(template), {
      paragraphLoop: true,
      linebreaks: true,
      errorLogging: false,
      parser: (name: string) => parserOf(name, note),
      nullGetter: (part: DXT.Part) => {
        if (!part.module) note('TEMPLATE_VARIABLE_MISPLACED', part.value);
        return '';
      },
    });
    if (faults.size === 0) document.render(values);
    if (faults.size === 0) return packed(document.getZip());
  } catch (error) {
    for (const { code, name } of syntaxFaults(error)) note(code, name);
  }
  throw new Refusal(422, 'CIRCULAR_TEMPLATE_INVALID', { count: faults.size }, [...faults.values()]);
}

type Note = (code: string, name: string) => void;

/** Looks one name up. A list inside a list would multiply, and raw markup could hold anything: neither is needed. */
function parserOf(name: string, note: Note): DXT.Parser {
  const kind = kindOf(name);
  if (kind === undefined) note('TEMPLATE_VARIABLE_UNKNOWN', name);
  return {
    get(scope: TemplateValues, { meta, scopePath }: DXT.ParserContext) {
      const { module } = meta.part;
      if (module === 'rawxml') note('TEMPLATE_MARKUP_FORBIDDEN', name);
      else if ((module === 'loop') !== (kind !== 'text')) note('TEMPLATE_VARIABLE_MISPLACED', name);
      if (kind === 'list' && scopePath.some((outer) => kindOf(outer) === 'list')) {
        note('TEMPLATE_LIST_NESTED', name);
        return [];
      }
      return Object.hasOwn(scope, name) ? scope[name] : undefined;
    },
  };
}

/** What the library says of a template that it cannot read: several errors in one, each with its placeholder. */
function syntaxFaults(error: unknown): Array<{ code: string; name: string }> {
  const { properties } = error as { properties?: { errors?: unknown[]; xtag?: unknown; id?: unknown } };
  // Without them it is no complaint about the template.
  if (properties === undefined) throw error;
  if (Array.isArray(properties.errors)) return properties.errors.flatMap(syntaxFaults);
  const name = [properties.xtag, properties.id].find((known) => typeof known === 'string');
  return [{ code: 'TEMPLATE_PLACEHOLDER_BROKEN', name: name ?? '' }];
}

/** What the parts are stands first, as programs expect it; folders are no parts. */
function packed(zip: PizZip): Buffer {
  const parts = Object.entries(zip.files).filter(([, part]) => !part.dir);
  for (const [, part] of parts) part.date = PACKED_AT;
  const isTypes = ([name]: readonly [string, unknown]): boolean => name === CONTENT_TYPES;
  zip.files = Object.fromEntries([...parts.filter(isTypes), ...parts.filter((part) => !isTypes(part))]);
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
}
