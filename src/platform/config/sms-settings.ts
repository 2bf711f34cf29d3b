import type { EnvironmentReader } from './environment-reader.js';

const HTTP = ['http:', 'https:'];

/** Alibaba Cloud's Short Message Service (阿里云短信). */
export interface AliyunSmsSettings {
  provider: 'aliyun';
  endpoint: string;
  accessKeyId: string;
  accessKeySecret: string;
  /** Ids of the templates there, by the codes here. */
  templateIds: ReadonlyMap<string, string>;
}

/** Tencent Cloud's Short Message Service (腾讯云短信). */
export interface TencentSmsSettings {
  provider: 'tencent';
  endpoint: string;
  region: string;
  secretId: string;
  secretKey: string;
  /** `SmsSdkAppId` of the application there. */
  appId: string;
  templateIds: ReadonlyMap<string, string>;
}

export type SmsVendorSettings = AliyunSmsSettings | TencentSmsSettings;

/** How receipts that gateways push are told from forged ones. */
export interface SmsReceiptSettings {
  /** Signs those of the HTTP gateway; `null`: it pushes none. */
  secret: string | null;
  /** Last part of the path at which the vendors push, who sign nothing. */
  token: string | null;
  /** Addresses and ranges from which the vendors push; empty: any. */
  networks: readonly string[];
}

/** @returns `null`: the HTTP gateway is the way, if there is one. Settings of a vendor not chosen are checked all the same. */
export function readSmsVendor(read: EnvironmentReader): SmsVendorSettings | null {
  const provider = read.oneOf('SMS_PROVIDER', ['http', 'aliyun', 'tencent'] as const, 'http');
  const aliyun = provider === 'aliyun' ? readAliyun(read) : read.allOrNone('SMS_ALIYUN_', readAliyun);
  const tencent = provider === 'tencent' ? readTencent(read) : read.allOrNone('SMS_TENCENT_', readTencent);
  return { http: null, aliyun, tencent }[provider];
}

const readAliyun = (read: EnvironmentReader): AliyunSmsSettings => ({
  provider: 'aliyun',
  endpoint: read.optionalUrl('SMS_ALIYUN_ENDPOINT', HTTP) ?? 'https://dysmsapi.aliyuncs.com',
  accessKeyId: read.text('SMS_ALIYUN_ACCESS_KEY_ID'),
  accessKeySecret: read.text('SMS_ALIYUN_ACCESS_KEY_SECRET'),
  templateIds: read.pairs('SMS_ALIYUN_TEMPLATES'),
});

const readTencent = (read: EnvironmentReader): TencentSmsSettings => ({
  provider: 'tencent',
  endpoint: read.optionalUrl('SMS_TENCENT_ENDPOINT', HTTP) ?? 'https://sms.tencentcloudapi.com',
  region: read.text('SMS_TENCENT_REGION', 'ap-guangzhou'),
  secretId: read.text('SMS_TENCENT_SECRET_ID'),
  secretKey: read.text('SMS_TENCENT_SECRET_KEY'),
  appId: read.text('SMS_TENCENT_APP_ID'),
  templateIds: read.pairs('SMS_TENCENT_TEMPLATES'),
});

export const readSmsReceipts = (
  read: EnvironmentReader,
  isNetwork: (text: string) => boolean,
  networks: string,
): SmsReceiptSettings => ({
  secret: read.text('SMS_RECEIPT_SECRET', '') === '' ? null : read.secret('SMS_RECEIPT_SECRET', 32),
  token:
    read.matching(
      'SMS_RECEIPT_TOKEN',
      '',
      /^([\w-]{32,100})?$/,
      '32 to 100 letters, digits, hyphens and underscores, since it is a part of an address',
    ) || null,
  networks: read.list('SMS_RECEIPT_NETWORKS', isNetwork, networks),
});
