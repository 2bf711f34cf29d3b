import { open } from 'node:fs/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { Refusal } from '../errors/refusal.js';

/** Bounds of one file; what goes past one is refused whole. */
export interface ContainerLimits {
  /** Bytes of the file itself. */
  maxFileBytes: number;
  /** Bytes that really came out of the container, counted while inflating: headers lie. */
  maxUnpackedBytes: number;
  /** Parts of the container. */
  maxParts: number;
}

const ZIP_MAGIC = Buffer.from('PK\u0003\u0004', 'latin1');
const OLE_MAGIC = Buffer.from('d0cf11e0a1b11ae1', 'hex');

export const unreadable = (reason: string): Refusal => new Refusal(415, 'WORKBOOK_UNREADABLE', { reason });

/** The parts of an OOXML file by name, read as text, all reads together bounded by what they really unpack to. */
export class Container {
  private unpackedBytes = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly parts: ReadonlyMap<string, Entry>,
    private readonly limits: ContainerLimits,
  ) {}

  /** @throws Refusal WORKBOOK_UNREADABLE, WORKBOOK_ENCRYPTED, WORKBOOK_TOO_LARGE */
  static async open(path: string, limits: ContainerLimits): Promise<Container> {
    await checkFile(path, limits);
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(() => {
      throw unreadable('zip');
    });
    try {
      const parts = await listParts(zip, limits);
      if (!parts.has('[content_types].xml')) throw unreadable('parts');
      return new Container(zip, parts, limits);
    } catch (error) {
      zip.close();
      throw error instanceof Refusal ? error : unreadable('zip');
    }
  }

  has(name: string): boolean {
    return this.parts.has(keyOf(name));
  }

  /** Names of the parts, as the file has them. */
  get names(): string[] {
    return [...this.parts.values()].map(({ fileName }) => fileName);
  }

  /** @throws Refusal WORKBOOK_UNREADABLE where the part is absent, broken or not UTF-8; WORKBOOK_TOO_LARGE */
  async *read(name: string): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      for await (const chunk of this.bytes(name)) yield decoder.decode(chunk, { stream: true });
      yield decoder.decode();
    } catch (error) {
      // A byte that is no UTF-8.
      throw error instanceof Refusal ? error : unreadable('part');
    }
  }

  /** @throws Refusal WORKBOOK_UNREADABLE where the part is absent or broken; WORKBOOK_TOO_LARGE */
  async *bytes(name: string): AsyncGenerator<Buffer> {
    const part = this.parts.get(keyOf(name));
    if (!part) throw unreadable('parts');
    try {
      const stream = await this.zip.openReadStreamPromise(part);
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        this.unpackedBytes += chunk.length;
        if (this.unpackedBytes > this.limits.maxUnpackedBytes) {
          throw new Refusal(413, 'WORKBOOK_TOO_LARGE', { maxUnpackedBytes: this.limits.maxUnpackedBytes });
        }
        yield chunk;
      }
    } catch (error) {
      // A bad checksum, a length that the header did not say, a broken deflate stream.
      throw error instanceof Refusal ? error : unreadable('part');
    }
  }

  close(): void {
    this.zip.close();
  }
}

const keyOf = (name: string): string => name.replace(/^\/+/, '').toLowerCase();

async function listParts(zip: ZipFile, limits: ContainerLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.maxParts) {
    throw new Refusal(413, 'WORKBOOK_TOO_LARGE', { maxParts: limits.maxParts });
  }
  const parts = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw new Refusal(415, 'WORKBOOK_ENCRYPTED');
    const key = keyOf(entry.fileName);
    // Two parts of one name are read differently by different programs: what people saw is not known.
    if (parts.has(key)) throw unreadable('parts');
    parts.set(key, entry);
  }
  return parts;
}

async function checkFile(path: string, limits: ContainerLimits): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > limits.maxFileBytes) {
      throw new Refusal(413, 'WORKBOOK_TOO_LARGE', { maxFileBytes: limits.maxFileBytes });
    }
    const head = Buffer.alloc(512);
    await file.read(head, 0, head.length, 0);
    if (head.subarray(0, OLE_MAGIC.length).equals(OLE_MAGIC)) {
      // An encrypted workbook and one of the old binary format look alike but for the names in their directory.
      const sectorBytes = head.readUInt16LE(30) === 12 ? 4096 : 512;
      const directory = Buffer.alloc(sectorBytes);
      await file.read(directory, 0, sectorBytes, (head.readUInt32LE(48) + 1) * sectorBytes);
      if (directory.includes(Buffer.from('Workbook', 'utf16le'))) throw unreadable('xls');
      throw new Refusal(415, 'WORKBOOK_ENCRYPTED');
    }
    if (!head.subarray(0, ZIP_MAGIC.length).equals(ZIP_MAGIC)) throw unreadable('magic');
  } finally {
    await file.close();
  }
}
