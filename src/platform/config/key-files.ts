import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Below it receivers take no notice of a signature (RFC 8301). */
const SHORTEST_RSA_BITS = 1_024;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** An RSA private key in PEM; `null`: there is none in the file. */
export function readRsaPrivateKey(file: string): string | null {
  try {
    const pem = readFileSync(file, 'utf8');
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    const isLongEnough = (asymmetricKeyDetails?.modulusLength ?? 0) >= SHORTEST_RSA_BITS;
    return asymmetricKeyType === 'rsa' && isLongEnough ? pem : null;
  } catch {
    return null;
  }
}

/** Certificates in PEM, at least one; `null`: there is none in the file, or one that cannot be read. */
export function readCertificates(file: string): string | null {
  try {
    const found = readFileSync(file, 'utf8').match(CERTIFICATE) ?? [];
    return found.length === 0 ? null : found.map((pem) => new X509Certificate(pem).toString()).join('');
  } catch {
    return null;
  }
}
