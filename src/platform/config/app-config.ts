import { type Role, ROLES } from '../../access/role.js';
import { isNetwork } from '../http/networks.js';
import { HASH_ALGORITHMS, type HashAlgorithm } from '../chain/chain-hash.js';
import type { SealingKey } from '../personal-data/sealing-key.js';
import { SEALING_SCHEMES, type SealingScheme } from '../personal-data/sealing-schemes.js';
import { EnvironmentReader } from './environment-reader.js';
import {
  readSmsReceipts,
  readSmsVendor,
  type SmsReceiptSettings,
  type SmsVendorSettings,
} from './sms-settings.js';

export { ConfigurationFaults } from './environment-reader.js';

/** Where contents are kept instead of on the local disk. */
export interface S3Settings {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** What mails are signed with, so that others can tell that they are this office's. */
export interface DkimSettings {
  domain: string;
  selector: string;
  /** PEM. */
  privateKey: string;
}

/** A group robot of DingTalk that wants its messages signed. */
export interface DingtalkRobotSettings {
  /** With its access token. */
  url: string;
  secret: string;
}

/** An issuer of bearer tokens for people who sign in elsewhere. */
export interface OidcSettings {
  /** Exactly as its tokens say it. */
  issuer: string;
  /** What its tokens for this product name as their audience. */
  audience: string;
  /** The claim that says which account is meant, until the account is linked. */
  accountClaim: string;
}

const LOCALES = ['zh-CN', 'en'] as const;
/** Theirs is demanded wherever anybody's is. */
const ADMINISTRATORS = ['auditor', 'system_admin', 'security_admin'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const NETWORKS = 'addresses and ranges such as 10.0.0.0/8';
/** As a browser writes it: no path, no port that goes without saying, and never `*`. */
const isOrigin = (text: string): boolean =>
  /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
/** A last part of digits would be an address that is not one. */
const HOST_NAME = /^([a-z\d-]{1,63}\.)*[a-z\d-]*[a-z-][a-z\d-]*$/i;
/** Parts of a name, of which each may be a number: many are dates. */
const SELECTOR = /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*$/i;

/** The configuration, read from the environment once and checked as a whole; nothing else reads `process.env`. */
export class AppConfig {
  readonly host!: string;
  readonly port!: number;
  /** Where people reach the product, for links in messages. */
  readonly publicUrl!: string;
  /** The application's role: may insert and read events, never change them. */
  readonly databaseUrl!: string;
  /** The owner's role, for migrations. */
  readonly migrationDatabaseUrl!: string;
  readonly databasePoolSize!: number;
  readonly redisUrl!: string;
  /** In braces on a cluster. */
  readonly redisPrefix!: string;
  /** `null`: no e-mail leaves. */
  readonly smtpUrl!: string | null;
  readonly mailFrom!: string;
  /** Authorities that may have signed the mail server's certificate, in PEM; `null`: those that Node knows. */
  readonly smtpCa!: string | null;
  /** `null`: mails are not signed. */
  readonly dkim!: DkimSettings | null;
  /** Messages a second and worker; 0: as fast as it goes. */
  readonly mailRatePerSecond!: number;
  /** The vendor by which SMS leave; `null`: the HTTP gateway. */
  readonly smsVendor!: SmsVendorSettings | null;
  /** `null`: no SMS leaves by it. */
  readonly smsGatewayUrl!: string | null;
  readonly smsGatewayToken!: string;
  readonly smsReceipts!: SmsReceiptSettings;
  /** Registered signature, printed as 【…】. */
  readonly smsSignature!: string;
  /** Messages a second and worker; 0: as fast as it goes. */
  readonly smsRatePerSecond!: number;
  /** Messages a number and day; 0: as many as there are. */
  readonly smsDailyCap!: number;
  /** Address of the group robot, with its key; `null`: there is none. */
  readonly wecomRobotUrl!: string | null;
  readonly dingtalkRobot!: DingtalkRobotSettings | null;
  /** IANA name. */
  readonly officeTimeZone!: string;
  readonly caseNumberPrefix!: string;
  /** Signs access tokens and list cursors; seals second factors, webhook secrets and stored answers. */
  readonly tokenSecret!: string;
  /** Roles whose accounts must have a second factor. */
  readonly secondFactorRoles!: readonly Role[];
  /** Telephone numbers are stored sealed with the first one; the others open what was sealed before. */
  readonly personalDataKeys!: readonly SealingKey[];
  readonly personalDataScheme!: SealingScheme;
  /** For contents, or with `filesS3` for what is coming in only. */
  readonly filesDir!: string;
  readonly filesS3!: S3Settings | null;
  /** `null`: people sign in here and nowhere else. */
  readonly oidc!: OidcSettings | null;
  /** For events from now on; each row says which one it was hashed with. */
  readonly eventHash!: HashAlgorithm;
  readonly logLevel!: (typeof LOG_LEVELS)[number];
  /** The API process also does the worker's work. */
  readonly isWorkerInProcess!: boolean;
  /** Bytes. */
  readonly uploadMaxBytes!: number;
  /** Of one exported list or ledger. */
  readonly exportMaxRows!: number;
  /** Language of outgoing messages. */
  readonly locale!: (typeof LOCALES)[number];
  /** Requests a minute; 0: as many as one likes. */
  readonly rateLimitAccount!: number;
  readonly rateLimitAddress!: number;
  readonly rateLimitSignIn!: number;
  /** Addresses and ranges whose `X-Forwarded-For` is believed. */
  readonly trustedProxies!: readonly string[];
  /** Origins whose pages may ask from a browser. */
  readonly corsOrigins!: readonly string[];
  /** Addresses and ranges that are told the metrics. */
  readonly metricsNetworks!: readonly string[];
  /** Open at once; more are not taken. */
  readonly maxConnections!: number;
  /** Names, addresses and ranges that may be reached although they are private, and by http. */
  readonly outgoingAllowedNetworks!: readonly string[];

  /** @throws ConfigurationFaults with every fault at once. */
  static fromEnvironment(environment: NodeJS.ProcessEnv): AppConfig {
    const read = new EnvironmentReader(environment);
    const host = read.text('HOST', '127.0.0.1');
    const port = read.integer('PORT', 3000, 0, 65535);
    const databaseUrl = read.url('DATABASE_URL', ['postgres:', 'postgresql:']);
    const smsGatewayUrl = read.optionalUrl('SMS_GATEWAY_URL', ['http:', 'https:']);
    const values: { -readonly [Key in keyof AppConfig]: AppConfig[Key] } = {
      host,
      port,
      publicUrl: read.optionalUrl('PUBLIC_URL', ['http:', 'https:']) ?? `http://${host}:${port}`,
      databaseUrl,
      migrationDatabaseUrl:
        read.optionalUrl('MIGRATION_DATABASE_URL', ['postgres:', 'postgresql:']) ?? databaseUrl,
      databasePoolSize: read.integer('DATABASE_POOL_SIZE', 20, 2, 500),
      redisUrl: read.url('REDIS_URL', ['redis:', 'rediss:']),
      redisPrefix: read.text('REDIS_PREFIX', '{shukun}'),
      smtpUrl: read.optionalUrl('SMTP_URL', ['smtp:', 'smtps:']),
      mailFrom: read.mailbox('MAIL_FROM', '稳增长专班 <shukun@localhost>'),
      smtpCa: read.certificates('SMTP_CA_FILE'),
      dkim: read.allOrNone('DKIM_', (dkim) => ({
        domain: dkim.matching('DKIM_DOMAIN', '', HOST_NAME, 'a domain name'),
        selector: dkim.matching('DKIM_SELECTOR', '', SELECTOR, 'a selector, such as shukun2026'),
        privateKey: dkim.rsaPrivateKey('DKIM_PRIVATE_KEY_FILE'),
      })),
      mailRatePerSecond: read.integer('MAIL_RATE_PER_SECOND', 0, 0, 100_000),
      smsRatePerSecond: read.integer('SMS_RATE_PER_SECOND', 0, 0, 100_000),
      smsDailyCap: read.integer('SMS_DAILY_CAP', 6, 0, 1_000),
      wecomRobotUrl: read.optionalUrl('WECOM_ROBOT_URL', ['https:', 'http:']),
      dingtalkRobot: read.allOrNone('DINGTALK_ROBOT_', (robot) => ({
        url: robot.url('DINGTALK_ROBOT_URL', ['https:', 'http:']),
        secret: robot.text('DINGTALK_ROBOT_SECRET'),
      })),
      smsVendor: readSmsVendor(read),
      smsGatewayUrl,
      smsGatewayToken:
        smsGatewayUrl === null ? read.text('SMS_GATEWAY_TOKEN', '') : read.text('SMS_GATEWAY_TOKEN'),
      smsReceipts: readSmsReceipts(read, isNetwork, NETWORKS),
      smsSignature: read.matching(
        'SMS_SIGNATURE',
        '安康市工信局',
        /^[^\s【】]{2,6}$/,
        'two to six characters without blanks and 【】: more would not fit the templates',
      ),
      officeTimeZone: read.timeZone('OFFICE_TIME_ZONE', 'Asia/Shanghai'),
      caseNumberPrefix: read.matching(
        'CASE_NUMBER_PREFIX',
        'AK',
        /^[A-Z]{1,2}$/,
        'one or two capital letters',
      ),
      tokenSecret: read.secret('TOKEN_SECRET', 32),
      secondFactorRoles: read.anyOfBeside('SECOND_FACTOR_ROLES', ROLES, ADMINISTRATORS),
      personalDataKeys: read.sealingKeys('PERSONAL_DATA_KEYS'),
      personalDataScheme: read.oneOf('PERSONAL_DATA_SCHEME', SEALING_SCHEMES, 'aes-256-gcm'),
      filesDir: read.text('FILES_DIR'),
      filesS3: read.allOrNone('FILES_S3_', (s3) => ({
        endpoint: s3.url('FILES_S3_ENDPOINT', ['http:', 'https:']),
        region: s3.text('FILES_S3_REGION'),
        bucket: s3.text('FILES_S3_BUCKET'),
        accessKeyId: s3.text('FILES_S3_ACCESS_KEY_ID'),
        secretAccessKey: s3.text('FILES_S3_SECRET_ACCESS_KEY'),
      })),
      oidc: read.allOrNone('OIDC_', (oidc) => ({
        issuer: oidc.url('OIDC_ISSUER', ['http:', 'https:']),
        audience: oidc.text('OIDC_AUDIENCE'),
        accountClaim: oidc.text('OIDC_ACCOUNT_CLAIM', 'preferred_username'),
      })),
      eventHash: read.oneOf('EVENT_HASH', HASH_ALGORITHMS, 'sha256'),
      logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
      isWorkerInProcess: read.flag('WORKER_IN_PROCESS', false),
      uploadMaxBytes: read.integer('UPLOAD_MAX_BYTES', 20 * 1024 * 1024, 1024, 512 * 1024 * 1024),
      exportMaxRows: read.integer('EXPORT_MAX_ROWS', 200_000, 1, 1_000_000),
      locale: read.oneOf('LOCALE', LOCALES, 'zh-CN'),
      rateLimitAccount: read.integer('RATE_LIMIT_ACCOUNT', 1_200, 0, 10_000_000),
      rateLimitAddress: read.integer('RATE_LIMIT_ADDRESS', 3_000, 0, 10_000_000),
      rateLimitSignIn: read.integer('RATE_LIMIT_SIGN_IN', 30, 0, 10_000_000),
      trustedProxies: read.list('TRUSTED_PROXIES', isNetwork, NETWORKS),
      corsOrigins: read.list('CORS_ORIGINS', isOrigin, 'origins such as https://portal.example.gov.cn'),
      metricsNetworks: read.list('METRICS_NETWORKS', isNetwork, NETWORKS, '127.0.0.0/8,::1'),
      maxConnections: read.integer('MAX_CONNECTIONS', 1_000, 10, 100_000),
      outgoingAllowedNetworks: read.list(
        'OUTGOING_ALLOWED_NETWORKS',
        (value) => isNetwork(value) || HOST_NAME.test(value),
        'host names, addresses and ranges such as 10.0.0.0/8',
      ),
    };
    read.finish();
    return Object.assign(new AppConfig(), values);
  }
}

/** Reads the process's own environment. @throws ConfigurationFaults */
export const loadConfig = (): AppConfig => AppConfig.fromEnvironment(process.env);

/** The language of messages alone, for what a process says before it knows that its configuration is right. */
export const loadLocale = (): AppConfig['locale'] =>
  LOCALES.find((locale) => locale === process.env['LOCALE']?.trim()) ?? 'zh-CN';
