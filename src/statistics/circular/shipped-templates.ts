import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locale } from '../../platform/errors/message-text.js';

/** `templates/` stands at the root, above `src/` and above the folder that the build goes to. */
const FOLDER = ['../../../templates', '../../../../templates']
  .map((folder) => path.resolve(import.meta.dirname, folder))
  .find((folder) => existsSync(folder));
// At the start, and not on the Monday on which the first bulletin is due.
if (FOLDER === undefined) throw new Error('templates/ of the product is missing');
const SHIPPED = FOLDER;

/** The template that comes with the product; `scripts/make-circular-templates.mjs` makes it. */
export function shippedTemplate(locale: Locale): Promise<Buffer> {
  return readFile(path.join(SHIPPED, `circular.${locale}.docx`));
}
