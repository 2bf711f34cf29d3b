import { inOneLine, type Outcome } from '../outcome.js';

/** What nodemailer's connection says when something goes wrong. */
export interface SmtpError extends Error {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

/**
 * What a failed attempt means. A refusal of this very envelope or message (5xx) is final; every other answer is about
 * the server (greeting, login, too many connections, 4xx) and may change. Without an answer it depends on whether the
 * message's data had begun to leave: from then on the server may have taken it.
 */
export function smtpOutcome(error: SmtpError, isHandedOver: boolean): Outcome {
  const gatewayText = inOneLine(error.response ?? error.message);
  const { responseCode, code } = error;
  const isAboutMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (responseCode !== undefined && isAboutMessage) {
    return {
      status: responseCode >= 500 ? 'failed' : 'temporary',
      gatewayCode: `SMTP_${responseCode}`,
      gatewayText,
    };
  }
  if (isHandedOver) return { status: 'unknown', gatewayCode: 'NO_ANSWER', gatewayText, isAway: true };
  // Refused by nodemailer itself: an address that is none.
  if (isAboutMessage) return { status: 'failed', gatewayCode: 'ADDRESS_INVALID', gatewayText };
  return {
    status: 'temporary',
    gatewayCode: responseCode ? `SMTP_${responseCode}` : (code ?? 'SMTP_ERROR'),
    gatewayText,
    isAway: true,
  };
}
