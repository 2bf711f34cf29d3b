import { randomBytes } from 'node:crypto';
import { readJson, writeJson } from './data-folder.js';

/** Made once for a data folder; nothing has a default password. */
export interface Secrets {
  postgresPassword: string;
  ownerPassword: string;
  applicationPassword: string;
  redisPassword: string;
  tokenSecret: string;
  /** Of one key, with an id of its own: a folder that was lost is told from one that has another key. */
  personalDataKeys: string;
  smsToken: string;
  /** Keeps two products apart that use one Redis. */
  redisPrefix: string;
}

export function loadSecrets(file: string): Secrets {
  const secrets = readJson<Secrets>(file, {
    postgresPassword: random(),
    ownerPassword: random(),
    applicationPassword: random(),
    redisPassword: random(),
    tokenSecret: random(),
    personalDataKeys: `k${randomBytes(4).toString('hex')}:${random()}`,
    smsToken: random(),
    redisPrefix: `shukun-${randomBytes(4).toString('hex')}`,
  });
  writeJson(file, secrets);
  return secrets;
}

function random(): string {
  return randomBytes(32).toString('base64url');
}
