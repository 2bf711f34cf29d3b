import { SaxesParser } from 'saxes';
import { Refusal } from '../errors/refusal.js';
import { unreadable } from './container.js';

export type Attributes = Readonly<Record<string, string>>;

/** What a reader of a part wants to hear. Names come without their namespace prefix. */
export interface XmlListener {
  open(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/** A parser to be fed with the chunks of one part. Document types, and with them all entities, are refused. */
export function xmlParser(listener: XmlListener): { write(chunk: string): void; end(): void } {
  const parser = new SaxesParser();
  parser.on('error', () => {
    throw unreadable('xml');
  });
  parser.on('doctype', () => {
    throw unreadable('doctype');
  });
  parser.on('opentag', (tag) => listener.open(localName(tag.name), tag.attributes));
  if (listener.close) parser.on('closetag', (tag) => listener.close?.(localName(tag.name)));
  if (listener.text) {
    parser.on('text', (text) => listener.text?.(text));
    parser.on('cdata', (text) => listener.text?.(text));
  }
  return { write: (chunk) => void parser.write(chunk), end: () => void parser.close() };
}

/** @throws Refusal WORKBOOK_UNREADABLE and what the chunks themselves throw */
export async function parseXml(chunks: AsyncIterable<string>, listener: XmlListener): Promise<void> {
  const parser = xmlParser(listener);
  try {
    for await (const chunk of chunks) parser.write(chunk);
    parser.end();
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable('xml');
  }
}
