import { gatewayIdOf } from '../receipts/receipt.js';
import type { Meaning, VendorAnswer } from './vendor-outcome.js';
import { textOf } from './vendor-outcome.js';

export const TENCENT_TAKEN = 'Ok';

/** What the codes of `SendSms` mean, those of the request and those of a number alike. */
export const TENCENT_MEANINGS: Readonly<Record<string, Meaning>> = {
  // Too much at the moment, for this number, this content or the whole application.
  LimitExceeded: 'temporary',
  RequestLimitExceeded: 'temporary',
  'LimitExceeded.PhoneNumberCountLimit': 'failed',
  'LimitExceeded.AppCountryOrRegionInBlacklist': 'failed',
  // The account: somebody will pay or allow.
  'FailedOperation.InsufficientBalanceInSmsPackage': 'away',
  UnauthorizedOperation: 'away',
  'UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny': 'failed',
  IpInBlacklist: 'away',
  IpNotInWhitelist: 'away',
  // The key, the clock, the signature: refused at the door.
  AuthFailure: 'away',
  'InternalError.RequestTimeException': 'away',
  'InternalError.SigFieldMissing': 'away',
  'InternalError.SigVerificationFail': 'away',
  ServiceUnavailable: 'away',
  // The number, the signature, the template, the content: no attempt will make it right.
  FailedOperation: 'failed',
  InvalidParameter: 'failed',
  InvalidParameterValue: 'failed',
  MissingParameter: 'failed',
  UnknownParameter: 'failed',
  UnsupportedOperation: 'failed',
  UnsupportedProtocol: 'failed',
  UnsupportedRegion: 'failed',
  InvalidAction: 'failed',
  InvalidRequest: 'failed',
  NoSuchVersion: 'failed',
  'InternalError.RestApiInterfaceNotExist': 'failed',
  // Timeouts and faults behind the door: the operator may have the message already.
  InternalError: 'unknown',
};

/** `{Response: {SendStatusSet: [{Code, Message, SerialNo}]}}` of one number, or `{Response: {Error: {Code, Message}}}`. */
export function tencentAnswer(httpStatus: number, body: unknown): VendorAnswer {
  const { Response }: Record<string, unknown> = Object(body);
  const { Error: fault, SendStatusSet }: Record<string, unknown> = Object(Response);
  const [status]: unknown[] = Array.isArray(SendStatusSet) ? SendStatusSet : [];
  const { Code, Message, SerialNo }: Record<string, unknown> = Object(fault ?? status);
  return { httpStatus, code: textOf(Code), text: textOf(Message) ?? '', gatewayId: gatewayIdOf(SerialNo) };
}
