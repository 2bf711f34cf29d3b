import { buffer } from 'node:stream/consumers';
import type { FileStore } from '../../platform/files/file-store.js';
import type { AttachedFile } from '../notices/notice-facts.js';
import type { Outcome } from '../outcome.js';

/** As nodemailer takes it. */
export interface Attachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** The files of a letter; or, where the store is away, that nothing could be handed over now. */
export async function attachmentsOf(
  files: Pick<FileStore, 'open'> | null,
  attached: readonly AttachedFile[],
): Promise<Attachment[] | Extract<Outcome, { status: 'temporary' }>> {
  const attachments: Attachment[] = [];
  for (const { name, mediaType, sha256 } of attached) {
    if (files === null) throw new Error('a letter has files, and the channel no store to read them from');
    try {
      const content = await buffer(await files.open(sha256));
      attachments.push({ filename: name, contentType: mediaType, content });
    } catch {
      // The store has told the log why.
      return { status: 'temporary', gatewayCode: 'FILE_STORE_AWAY', gatewayText: '' };
    }
  }
  return attachments;
}
