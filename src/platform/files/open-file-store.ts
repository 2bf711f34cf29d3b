import type { AppConfig } from '../config/app-config.js';
import type { FileStore } from './file-store.js';
import { LocalFileStore } from './local-file-store.js';

/** The store that the configuration names. The S3 client is loaded only where it is used: it is large. */
export async function openFileStore({ filesDir, filesS3 }: AppConfig): Promise<FileStore> {
  if (filesS3 === null) return new LocalFileStore(filesDir);
  const { S3FileStore } = await import('./s3-file-store.js');
  return new S3FileStore(filesDir, filesS3);
}
