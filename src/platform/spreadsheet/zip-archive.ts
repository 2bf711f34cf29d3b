import { Readable, pipeline } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ArchivePart {
  /** Path within the archive, ASCII. */
  name: string;
  content: AsyncIterable<string>;
}

/** Fast rather than small: what is deflated is mostly the tags of a sheet. */
const LEVEL = 2;
const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
/** Sizes follow the content: they are not known before it has been written. */
const SIZES_FOLLOW = 0x0008;
const DEFLATED = 8;
/** 2.0, which deflating needs. */
const VERSION = 20;
/** 1 January 1980, the first day that a zip file knows: the same content gives the same bytes. */
const DAY = 0x0021;
/** Beyond it sizes need another format, which exports stay far below. */
const MOST_BYTES = 0xffff_ffff;

interface Written {
  name: string;
  offset: number;
  checksum: number;
  packed: number;
  size: number;
}

/** The bytes of a zip file, written front to back while its parts are made: no more than a piece of it is in memory. */
export async function* zipArchive(parts: AsyncIterable<ArchivePart>): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let offset = 0;
  for await (const { name, content } of parts) {
    const entry: Written = { name, offset, checksum: 0, packed: 0, size: 0 };
    const head = Buffer.concat([header(LOCAL, 30, entry), Buffer.from(name)]);
    yield head;
    // What goes wrong at either end is thrown to whoever reads here.
    const deflated = pipeline(
      Readable.from(measured(content, entry), { objectMode: false }),
      createDeflateRaw({ level: LEVEL }),
      () => undefined,
    );
    for await (const chunk of deflated as AsyncIterable<Buffer>) {
      entry.packed += chunk.length;
      yield chunk;
    }
    const tail = descriptor(entry);
    yield tail;
    written.push(entry);
    offset += head.length + entry.packed + tail.length;
    if (offset > MOST_BYTES) throw new Error('an archive grew past what its format can say');
  }
  yield directory(written, offset);
}

async function* measured(content: AsyncIterable<string>, entry: Written): AsyncGenerator<Buffer> {
  for await (const piece of content) {
    const bytes = Buffer.from(piece);
    entry.checksum = crc32(bytes, entry.checksum);
    entry.size += bytes.length;
    yield bytes;
  }
}

/** What local headers and directory entries share; of these the latter begin two bytes later. */
function header(signature: number, length: number, { name }: Written): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature, 0);
  const shift = signature === ENTRY ? 2 : 0;
  bytes.writeUInt16LE(VERSION, 4 + shift);
  bytes.writeUInt16LE(SIZES_FOLLOW, 6 + shift);
  bytes.writeUInt16LE(DEFLATED, 8 + shift);
  bytes.writeUInt16LE(DAY, 12 + shift);
  bytes.writeUInt16LE(name.length, 26 + shift);
  return bytes;
}

function descriptor({ checksum, packed, size }: Written): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(DESCRIPTOR, 0);
  bytes.writeUInt32LE(checksum, 4);
  bytes.writeUInt32LE(packed, 8);
  bytes.writeUInt32LE(size, 12);
  return bytes;
}

function directory(written: readonly Written[], offset: number): Buffer {
  const entries = written.map((entry) => {
    const bytes = header(ENTRY, 46, entry);
    bytes.writeUInt16LE(VERSION, 4);
    bytes.writeUInt32LE(entry.checksum, 16);
    bytes.writeUInt32LE(entry.packed, 20);
    bytes.writeUInt32LE(entry.size, 24);
    bytes.writeUInt32LE(entry.offset, 42);
    return Buffer.concat([bytes, Buffer.from(entry.name)]);
  });
  const size = entries.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(written.length, 8);
  end.writeUInt16LE(written.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...entries, end]);
}
