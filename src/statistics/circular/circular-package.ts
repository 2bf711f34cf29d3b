import { Refusal } from '../../platform/errors/refusal.js';
import { Container } from '../../platform/ooxml/container.js';
import { type Attributes, parseXml } from '../../platform/ooxml/xml-part.js';

/** Bounds of a template; the shipped ones have 20 parts and unpack to 150 KB. */
export const TEMPLATE_LIMITS = {
  maxFileBytes: 2 * 1024 * 1024,
  maxUnpackedBytes: 16 * 1024 * 1024,
  maxParts: 200,
} as const;
/** Of the parts in which variables are filled in, all together: a list repeats what stands in it. */
const MOST_TEXT_CHARACTERS = 1024 * 1024;
const MOST_PLACEHOLDERS = 1_000;

/** What a document of text, tables and pictures is made of. Macros, controls and embedded objects are not among it. */
const ALLOWED_PARTS = [
  /^\[content_types\]\.xml$/,
  /^(word\/|customxml\/)?_rels\/[a-z\d.]*\.rels$/,
  /^docprops\/(app|core|custom)\.xml$/,
  /^docprops\/thumbnail\.(jpe?g|png|emf|wmf)$/,
  /^word\/(document|styles|styleswitheffects|settings|websettings|fonttable|numbering|people)\.xml$/,
  /^word\/(comments[a-z]*|footnotes|endnotes|header\d*|footer\d*|theme\/theme\d+)\.xml$/,
  /^word\/theme\/_rels\/[a-z\d.]*\.rels$/,
  /^word\/media\/[\w.-]+\.(png|jpe?g|gif|bmp|emf|wmf|tiff?)$/,
  /^word\/fonts\/[\w.-]+\.odttf$/,
  /^customxml\/item(props)?\d+\.xml$/,
];
const FILLED_IN = /^word\/(document|header\d*|footer\d*)\.xml$/;
/** Fields that Word computes from the document itself. Others fetch, run or ask. */
const ALLOWED_FIELDS = new Set([
  'PAGE',
  'NUMPAGES',
  'SECTION',
  'SECTIONPAGES',
  'STYLEREF',
  'SEQ',
  'REF',
  'PAGEREF',
  'TOC',
  'HYPERLINK',
]);
const ALLOWED_LINK = /^(https?:|mailto:)/i;

const forbidden = (what: string, names: readonly string[]): Refusal =>
  new Refusal(422, 'CIRCULAR_TEMPLATE_FORBIDDEN', { what, names });

/**
 * Whether a file is a Word document that may be filled in and mailed to everybody: bounded, really unpacked under its
 * bounds, and with nothing in it that runs, embeds or fetches.
 * @throws Refusal 413 CIRCULAR_TEMPLATE_TOO_LARGE, 415 CIRCULAR_TEMPLATE_UNREADABLE, 422 CIRCULAR_TEMPLATE_FORBIDDEN
 */
export async function checkPackage(file: string): Promise<void> {
  try {
    const container = await Container.open(file, TEMPLATE_LIMITS);
    try {
      await checkParts(container);
    } finally {
      container.close();
    }
  } catch (error) {
    throw told(error);
  }
}

/** The container's refusals speak of workbooks. */
function told(error: unknown): unknown {
  if (!(error instanceof Refusal) || !error.code.startsWith('WORKBOOK_')) return error;
  return error.status === 413
    ? new Refusal(413, 'CIRCULAR_TEMPLATE_TOO_LARGE', { ...TEMPLATE_LIMITS })
    : new Refusal(415, 'CIRCULAR_TEMPLATE_UNREADABLE');
}

async function checkParts(container: Container): Promise<void> {
  const parts = container.names.filter((name) => !name.endsWith('/'));
  const unwanted = parts.filter((name) => !ALLOWED_PARTS.some((allowed) => allowed.test(name.toLowerCase())));
  if (unwanted.length > 0) throw forbidden('part', unwanted);
  await requireDocument(container);
  let characters = 0;
  let placeholders = 0;
  for (const name of parts) {
    if (!/\.(xml|rels)$/i.test(name)) {
      await unpack(container, name);
    } else if (/\.rels$/i.test(name)) await checkLinks(container, name);
    else {
      const text = await readText(container, name);
      const wrong = text.fields.filter((field) => !ALLOWED_FIELDS.has(field));
      if (wrong.length > 0) throw forbidden('field', wrong);
      if (!FILLED_IN.test(name.toLowerCase())) continue;
      characters += text.characters;
      placeholders += text.placeholders;
    }
  }
  if (characters > MOST_TEXT_CHARACTERS || placeholders > MOST_PLACEHOLDERS)
    throw new Refusal(413, 'CIRCULAR_TEMPLATE_TOO_LARGE', {
      ...TEMPLATE_LIMITS,
      maxCharacters: MOST_TEXT_CHARACTERS,
      maxPlaceholders: MOST_PLACEHOLDERS,
    });
}

/** What is not read is unpacked all the same: its reader will. */
async function unpack(container: Container, part: string): Promise<void> {
  const chunks = container.bytes(part);
  while ((await chunks.next()).done !== true) continue;
}

/** A template with macros, an old document or a workbook under another name has another type. */
async function requireDocument(container: Container): Promise<void> {
  const types = new Map<string, string>();
  await parseXml(container.read('[Content_Types].xml'), {
    open(name, { PartName, ContentType }) {
      if (name === 'Override' && PartName && ContentType) types.set(PartName.toLowerCase(), ContentType);
    },
  });
  const type = types.get('/word/document.xml') ?? '';
  if (!/wordprocessingml\.(document|template)\.main\+xml$/.test(type) || !container.has('word/document.xml'))
    throw new Refusal(415, 'CIRCULAR_TEMPLATE_UNREADABLE');
}

/** What a part points to outside of the file: links that people click, and nothing that Word fetches by itself. */
async function checkLinks(container: Container, part: string): Promise<void> {
  const outside: string[] = [];
  await parseXml(container.read(part), {
    open(name, { TargetMode, Target, Type }) {
      if (name !== 'Relationship' || TargetMode?.toLowerCase() !== 'external') return;
      const isLink = Type?.endsWith('/hyperlink') === true && ALLOWED_LINK.test(Target ?? '');
      if (!isLink) outside.push(Target ?? '');
    },
  });
  if (outside.length > 0) throw forbidden('link', outside);
}

interface PartText {
  characters: number;
  placeholders: number;
  /** First words of its fields, in capitals. */
  fields: string[];
}

async function readText(container: Container, part: string): Promise<PartText> {
  const read: PartText = { characters: 0, placeholders: 0, fields: [] };
  /** Instructions of fields that are open; one may stand in another, and each may come in pieces. */
  const open: string[] = [];
  let isInstruction = false;
  const take = (instruction: string): void => {
    const [word = ''] = instruction.trim().split(/\s+/);
    if (word !== '') read.fields.push(word.toUpperCase());
  };
  const chunks = container.read(part);
  await parseXml(
    measured(chunks, (length) => (read.characters += length)),
    {
      open(name, attributes) {
        isInstruction = name === 'instrText';
        if (name === 'fldSimple') take(attributeOf(attributes, 'instr'));
        if (name !== 'fldChar') return;
        const type = attributeOf(attributes, 'fldCharType');
        if (type === 'begin') open.push('');
        else if (type === 'separate') {
          take(open.at(-1) ?? '');
          if (open.length > 0) open[open.length - 1] = '';
        } else if (type === 'end') take(open.pop() ?? '');
      },
      close() {
        isInstruction = false;
      },
      text(text) {
        if (isInstruction && open.length > 0) open[open.length - 1] += text;
        else if (isInstruction) take(text);
        else read.placeholders += text.split('{').length - 1;
      },
    },
  );
  for (const left of open) take(left);
  return read;
}

/** By its local name: a file may call the namespace what it likes. */
const attributeOf = (attributes: Attributes, name: string): string =>
  Object.entries(attributes).find(([known]) => known.split(':').at(-1) === name)?.[1] ?? '';

async function* measured(
  chunks: AsyncIterable<string>,
  add: (length: number) => void,
): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    add(chunk.length);
    yield chunk;
  }
}
