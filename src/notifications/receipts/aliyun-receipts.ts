import { beijingTime, codeOf, gatewayIdOf, outIdOf, type Receipt, wordsOf } from './receipt.js';

/** One of `SmsReport`'s HTTP push: `{out_id, biz_id, success, err_code, err_msg, report_time, …}`. */
export function aliyunReceipt(entry: unknown): Receipt | null {
  const { out_id, biz_id, success, err_code, err_msg, report_time }: Record<string, unknown> = Object(entry);
  const named = { outId: outIdOf(out_id), gatewayId: gatewayIdOf(biz_id) };
  if (typeof success !== 'boolean' || (named.outId === null && named.gatewayId === null)) return null;
  return {
    ...named,
    status: success ? 'delivered' : 'failed',
    code: codeOf(err_code, 'UNKNOWN'),
    text: wordsOf(err_msg),
    at: beijingTime(report_time),
  };
}

const WAITING = 1;
const FAILED = 2;
const DELIVERED = 3;

/**
 * What the entries of `QuerySendDetails` say of one message. A message that was tried twice has two: one that arrived
 * decides, and where one still waits nothing is known yet.
 */
export function aliyunDetails(
  body: unknown,
  asked: { outId: string; gatewayId: string | null },
): Receipt | null {
  const { SmsSendDetailDTOs }: Record<string, unknown> = Object(body);
  const { SmsSendDetailDTO: list }: Record<string, unknown> = Object(SmsSendDetailDTOs);
  const entries: Array<Record<string, unknown>> = Array.isArray(list) ? list.map(Object) : [];
  const ours = entries.filter(({ OutId }) => OutId === asked.outId);
  const arrived = ours.find(({ SendStatus }) => SendStatus === DELIVERED);
  const isWaiting = ours.some(({ SendStatus }) => SendStatus === WAITING);
  const entry = arrived ?? (isWaiting ? undefined : ours.find(({ SendStatus }) => SendStatus === FAILED));
  if (entry === undefined) return null;
  const { ErrCode, ReceiveDate } = entry;
  return {
    ...asked,
    status: entry === arrived ? 'delivered' : 'failed',
    code: codeOf(ErrCode, 'UNKNOWN'),
    text: '',
    at: beijingTime(ReceiveDate),
  };
}
