import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  GetObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Logger, type OnModuleDestroy } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { S3Settings } from '../config/app-config.js';
import type { Draft } from './draft.js';
import { fileStoreAway } from './file-store-away.js';
import { FileStore } from './file-store.js';

/** Milliseconds. A content is kept inside a transaction, which PostgreSQL ends after 60 s of idleness. */
const TIMEOUTS = { connect: 3_000, answer: 5_000, put: 20_000, idle: 10_000 };

/** A bucket of whatever speaks S3. The key of a content is its hash, and the signature says it: no other can come there. */
export class S3FileStore extends FileStore implements OnModuleDestroy {
  private readonly logger = new Logger(S3FileStore.name);
  private readonly client: S3Client;
  /** Drafts of contents that the bucket holds already; nothing is ever removed from it. */
  private readonly known = new WeakSet<Draft>();

  constructor(
    directory: string,
    private readonly settings: S3Settings,
    private readonly timeouts: typeof TIMEOUTS = TIMEOUTS,
  ) {
    super(path.join(directory, 'incoming'));
    const { endpoint, region, accessKeyId, secretAccessKey } = settings;
    this.client = new S3Client({
      endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey },
      // A bucket as a host name needs a DNS and a certificate of its own, which few outside Amazon have.
      forcePathStyle: true,
      // Not every implementation knows the newer checksums; the hash in the signature serves as well.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 2,
      logger: {
        debug: () => undefined,
        info: () => undefined,
        warn: (text) => this.logger.debug(text),
        error: (text) => this.logger.debug(text),
      },
      requestHandler: {
        connectionTimeout: timeouts.connect,
        requestTimeout: timeouts.answer,
        throwOnRequestTimeout: true,
        socketTimeout: timeouts.idle,
      },
    });
  }

  onModuleDestroy(): void {
    this.client.destroy();
  }

  /** A bucket that does not answer is found here, where no transaction waits for it. */
  override async receive(content: Readable | Buffer, maxBytes: number): Promise<Draft> {
    const draft = await super.receive(content, maxBytes);
    try {
      if (await this.has(draft.sha256)) this.known.add(draft);
      return draft;
    } catch (error) {
      await draft.discard();
      throw fileStoreAway(this.logger, error);
    }
  }

  async keep(draft: Draft): Promise<void> {
    if (this.known.has(draft)) return;
    const command = new PutObjectCommand({
      ...this.address(draft.sha256),
      Body: createReadStream(draft.path),
      ContentLength: draft.size,
      ContentType: 'application/octet-stream',
    });
    // Has the hash of the body signed, which a stream would go without: the bucket refuses any other content.
    command.middlewareStack.add(
      (next) => (args) => {
        const { request } = args as { request: { headers: Record<string, string> } };
        request.headers['x-amz-content-sha256'] = draft.sha256;
        return next(args);
      },
      { step: 'build' },
    );
    try {
      await this.client.send(command, { requestTimeout: this.timeouts.put });
    } catch (error) {
      throw fileStoreAway(this.logger, error);
    }
    this.known.add(draft);
  }

  async open(sha256: string): Promise<Readable> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand(this.address(sha256)));
      if (Body instanceof Readable) return Body;
    } catch (error) {
      throw fileStoreAway(this.logger, error);
    }
    throw new Error('the S3 client answered without a stream');
  }

  /** Its name goes with the call; what is open stays readable on the systems that the product runs on. */
  async withFile<Result>(sha256: string, work: (path: string) => Promise<Result>): Promise<Result> {
    const content = await this.open(sha256);
    const copy = path.join(this.drafts, uuidv7());
    try {
      await mkdir(this.drafts, { recursive: true });
      await pipeline(content, createWriteStream(copy)).catch((error: unknown) => {
        throw fileStoreAway(this.logger, error);
      });
      return await work(copy);
    } finally {
      await rm(copy, { force: true });
    }
  }

  private async has(sha256: string): Promise<boolean> {
    try {
      await this.client.send(new HeadObjectCommand(this.address(sha256)));
      return true;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  }

  private address(sha256: string): { Bucket: string; Key: string } {
    return { Bucket: this.settings.bucket, Key: sha256 };
  }
}
