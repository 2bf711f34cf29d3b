import { BY_SYSTEM } from '../access/security-trail.js';
import { faultText } from '../audit/fault-text.js';
import type { Fault } from '../audit/verify/verification.js';
import { VerifyTrail } from '../audit/verify/verify-trail.js';
import { loadLocale } from '../platform/config/app-config.js';
import { VerifyIssues } from '../statistics/bulletin/verify-issues.js';
import { withProduct } from './with-product.js';

/**
 * Follows every chain, computes every anchor and the hashes of every issue of the bulletin anew; prints each fault, and
 * ends with 1 where there is one.
 */
export async function verifyAudit(): Promise<void> {
  const { found, bulletin } = await withProduct(async (app) => ({
    found: await app.get(VerifyTrail).all(BY_SYSTEM),
    bulletin: await app.get(VerifyIssues).run(),
  }));
  for (const fault of found.faults) process.stdout.write(`${line(fault)}\n`);
  const { chains, events, auditEvents, anchors, faultCount } = found;
  process.stdout.write(
    `${chains} chains with ${events} events, ${auditEvents} events of the trail, ${anchors} anchors: ` +
      `${found.isIntact ? 'intact' : `${faultCount} faults`}.\n`,
  );
  for (const { issueId, year, number, kind, file } of bulletin.faults)
    process.stdout.write(`${kind.padEnd(20)} issue ${year}/${number} ${issueId} ${file ?? ''}\n`);
  const isIntact = bulletin.faults.length === 0;
  process.stdout.write(
    `${bulletin.issues} issues of the bulletin with ${bulletin.files} files: ` +
      `${isIntact ? 'intact' : `${bulletin.faults.length} faults`}.\n`,
  );
  if (!found.isIntact || !isIntact) process.exitCode = 1;
}

function line(fault: Fault): string {
  const place = [fault.ledger, fault.chainId, fault.sequence, fault.eventId].map((part) => part ?? '-');
  return `${fault.kind.padEnd(20)} ${place.join(' ')}  ${faultText(fault, loadLocale())}`;
}
