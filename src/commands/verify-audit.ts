import { BY_SYSTEM } from '../access/security-trail.js';
import { faultText } from '../audit/fault-text.js';
import type { Fault } from '../audit/verify/verification.js';
import { VerifyTrail } from '../audit/verify/verify-trail.js';
import { loadLocale } from '../platform/config/app-config.js';
import { withProduct } from './with-product.js';

/** Follows every chain and computes every anchor anew; prints each fault, and ends with 1 where there is one. */
export async function verifyAudit(): Promise<void> {
  const found = await withProduct((app) => app.get(VerifyTrail).all(BY_SYSTEM));
  for (const fault of found.faults) process.stdout.write(`${line(fault)}\n`);
  const { chains, events, auditEvents, anchors, faultCount } = found;
  process.stdout.write(
    `${chains} chains with ${events} events, ${auditEvents} events of the trail, ${anchors} anchors: ` +
      `${found.isIntact ? 'intact' : `${faultCount} faults`}.\n`,
  );
  if (!found.isIntact) process.exitCode = 1;
}

function line(fault: Fault): string {
  const place = [fault.ledger, fault.chainId, fault.sequence, fault.eventId].map((part) => part ?? '-');
  return `${fault.kind.padEnd(20)} ${place.join(' ')}  ${faultText(fault, loadLocale())}`;
}
