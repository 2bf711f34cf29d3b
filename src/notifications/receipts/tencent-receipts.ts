import { beijingTime, codeOf, gatewayIdOf, instantOf, outIdOf, type Receipt, wordsOf } from './receipt.js';

const STATUSES = new Map<unknown, Receipt['status']>([
  ['SUCCESS', 'delivered'],
  ['FAIL', 'failed'],
]);

/**
 * One of the callback: `{sid, report_status, errmsg, description, user_receive_time, …}`. It is known by `sid`, the
 * `SerialNo` of the answer; `ext` is the session's content where an account was given that.
 */
export function tencentReceipt(entry: unknown): Receipt | null {
  const { sid, ext, report_status, errmsg, description, user_receive_time }: Record<string, unknown> =
    Object(entry);
  const status = STATUSES.get(report_status);
  const named = { outId: outIdOf(ext), gatewayId: gatewayIdOf(sid) };
  if (status === undefined || (named.outId === null && named.gatewayId === null)) return null;
  return {
    ...named,
    status,
    code: codeOf(errmsg, 'UNKNOWN'),
    text: wordsOf(description),
    at: beijingTime(user_receive_time),
  };
}

/** What the entries of `PullSmsSendStatusByPhoneNumber` say of one message; one that arrived decides. */
export function tencentStatuses(
  body: unknown,
  asked: { outId: string; gatewayId: string | null },
): Receipt | null {
  const { Response }: Record<string, unknown> = Object(body);
  const { PullSmsSendStatusSet: list }: Record<string, unknown> = Object(Response);
  const entries: Array<Record<string, unknown>> = Array.isArray(list) ? list.map(Object) : [];
  const ours = entries.filter(
    ({ SerialNo, SessionContext }) =>
      (asked.gatewayId !== null && SerialNo === asked.gatewayId) || SessionContext === asked.outId,
  );
  const entry = ours.find(({ ReportStatus }) => ReportStatus === 'SUCCESS') ?? ours[0];
  const status = STATUSES.get(entry?.['ReportStatus']);
  if (entry === undefined || status === undefined) return null;
  const { Description, UserReceiveTime, SerialNo } = entry;
  return {
    outId: asked.outId,
    gatewayId: gatewayIdOf(SerialNo),
    status,
    code: status === 'delivered' ? 'SUCCESS' : 'FAIL',
    text: wordsOf(Description),
    at: typeof UserReceiveTime === 'number' ? instantOf(UserReceiveTime * 1_000) : null,
  };
}
