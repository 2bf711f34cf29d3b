import { describe, expect, it } from '@jest/globals';
import { AppConfig, ConfigurationFaults } from './app-config.js';

const least = {
  DATABASE_URL: 'postgres://app:secret@db/shukun',
  REDIS_URL: 'redis://cache:6379',
  TOKEN_SECRET: 'x'.repeat(32),
  PERSONAL_DATA_KEYS: `k1:${'0a'.repeat(32)}`,
  FILES_DIR: '/data/files',
};

function faultsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    AppConfig.fromEnvironment(environment);
  } catch (error) {
    if (error instanceof ConfigurationFaults) return error.faults;
    throw error;
  }
  return [];
}

describe('AppConfig', () => {
  it('needs five settings and has a default for every other', () => {
    expect(AppConfig.fromEnvironment(least)).toEqual({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      databaseUrl: least.DATABASE_URL,
      migrationDatabaseUrl: least.DATABASE_URL,
      databasePoolSize: 20,
      redisUrl: least.REDIS_URL,
      redisPrefix: '{shukun}',
      smtpUrl: null,
      mailFrom: '稳增长专班 <shukun@localhost>',
      smtpCa: null,
      dkim: null,
      mailRatePerSecond: 0,
      smsRatePerSecond: 0,
      smsDailyCap: 6,
      wecomRobotUrl: null,
      dingtalkRobot: null,
      smsVendor: null,
      smsGatewayUrl: null,
      smsGatewayToken: '',
      smsReceipts: { secret: null, token: null, networks: [] },
      smsSignature: '安康市工信局',
      officeTimeZone: 'Asia/Shanghai',
      caseNumberPrefix: 'AK',
      tokenSecret: least.TOKEN_SECRET,
      secondFactorRoles: ['auditor', 'system_admin', 'security_admin'],
      personalDataKeys: [{ id: 'k1', secret: Buffer.alloc(32, 10) }],
      personalDataScheme: 'aes-256-gcm',
      filesDir: '/data/files',
      filesS3: null,
      oidc: null,
      eventHash: 'sha256',
      logLevel: 'info',
      isWorkerInProcess: false,
      uploadMaxBytes: 20_971_520,
      exportMaxRows: 200_000,
      locale: 'zh-CN',
      rateLimitAccount: 1_200,
      rateLimitAddress: 3_000,
      rateLimitSignIn: 30,
      trustedProxies: [],
      corsOrigins: [],
      metricsNetworks: ['127.0.0.0/8', '::1'],
      maxConnections: 1_000,
      outgoingAllowedNetworks: [],
    });
  });

  it('takes what is set, without the blanks around it', () => {
    const config = AppConfig.fromEnvironment({
      ...least,
      PORT: ' 8080 ',
      PUBLIC_URL: 'https://shukun.example',
      MIGRATION_DATABASE_URL: 'postgresql://owner:secret@db/shukun',
      SMTP_URL: 'smtps://mail.example:465',
      SMS_GATEWAY_URL: 'https://sms.example/send',
      SMS_GATEWAY_TOKEN: 'token',
      WORKER_IN_PROCESS: 'true',
      EVENT_HASH: 'sm3',
      LOCALE: 'en',
    });
    expect(config).toMatchObject({
      port: 8080,
      publicUrl: 'https://shukun.example',
      migrationDatabaseUrl: 'postgresql://owner:secret@db/shukun',
      smtpUrl: 'smtps://mail.example:465',
      smsGatewayUrl: 'https://sms.example/send',
      smsGatewayToken: 'token',
      isWorkerInProcess: true,
      eventHash: 'sm3',
      locale: 'en',
    });
  });

  it('tells every fault at once, in one readable list', () => {
    const environment = {
      DATABASE_URL: 'mysql://app@db/shukun',
      MIGRATION_DATABASE_URL: 'nowhere',
      PORT: '70000',
      DATABASE_POOL_SIZE: '1.5',
      SMTP_URL: 'http://mail.example',
      SMS_PROVIDER: 'pigeon',
      SMS_GATEWAY_URL: 'ftp://sms.example',
      OFFICE_TIME_ZONE: 'Asia/Ankang',
      CASE_NUMBER_PREFIX: 'ak',
      SECOND_FACTOR_ROLES: 'auditor,mayor',
      MAIL_FROM: 'shukun',
      SMS_SIGNATURE: '安康市稳增长专项工作领导小组办公室',
      TOKEN_SECRET: 'too short',
      PERSONAL_DATA_KEYS: 'k1:hunter2',
      PERSONAL_DATA_SCHEME: 'rot13',
      LOG_LEVEL: 'loud',
      WORKER_IN_PROCESS: 'yes',
      UPLOAD_MAX_BYTES: '-1',
      LOCALE: 'fr',
    };
    const faults = faultsOf(environment);
    // Once each, and the three that are missing.
    for (const name of [...Object.keys(environment), 'REDIS_URL', 'FILES_DIR', 'SMS_GATEWAY_TOKEN']) {
      expect(faults.filter((fault) => fault.startsWith(`${name} `))).toHaveLength(1);
    }
    expect(faults).toHaveLength(22);
    expect(new ConfigurationFaults(faults).message.split('\n')).toHaveLength(23);
  });

  it.each(['', '   '])('takes %p for missing', (value) => {
    expect(faultsOf({ ...least, DATABASE_URL: value })).toEqual(['DATABASE_URL is missing']);
  });

  it('takes roles with commas between them, in any order, or none', () => {
    const rolesOf = (text: string): readonly string[] =>
      AppConfig.fromEnvironment({ ...least, SECOND_FACTOR_ROLES: text }).secondFactorRoles;
    // Administrators always.
    const administrators = ['auditor', 'system_admin', 'security_admin'];
    expect(rolesOf('system_admin, task_force')).toEqual(['task_force', ...administrators]);
    expect(rolesOf('task_force')).toEqual(['task_force', ...administrators]);
    expect(rolesOf('none')).toEqual([]);
    expect(faultsOf({ ...least, SECOND_FACTOR_ROLES: 'admin' })).toHaveLength(1);
    expect(faultsOf({ ...least, SECOND_FACTOR_ROLES: 'none,auditor' })).toHaveLength(1);
  });

  it('needs a token only where there is a gateway for it', () => {
    expect(faultsOf({ ...least, SMS_GATEWAY_TOKEN: '' })).toEqual([]);
    expect(faultsOf({ ...least, SMS_GATEWAY_URL: 'https://sms.example/' })).toEqual([
      'SMS_GATEWAY_TOKEN is missing',
    ]);
  });

  const templates = 'digest=SMS_1, overdue=SMS_2';
  const vendors = [
    [
      'aliyun',
      {
        SMS_ALIYUN_ACCESS_KEY_ID: 'id',
        SMS_ALIYUN_ACCESS_KEY_SECRET: 'hunter2',
        SMS_ALIYUN_TEMPLATES: templates,
      },
      { endpoint: 'https://dysmsapi.aliyuncs.com', accessKeyId: 'id', accessKeySecret: 'hunter2' },
    ],
    [
      'tencent',
      {
        SMS_TENCENT_SECRET_ID: 'id',
        SMS_TENCENT_SECRET_KEY: 'hunter2',
        SMS_TENCENT_APP_ID: '1400006666',
        SMS_TENCENT_TEMPLATES: templates,
      },
      {
        endpoint: 'https://sms.tencentcloudapi.com',
        region: 'ap-guangzhou',
        secretId: 'id',
        secretKey: 'hunter2',
        appId: '1400006666',
      },
    ],
  ] as const;

  it.each(vendors)('takes all of %s, or none of it', (provider, all, settings) => {
    const templateIds = new Map([
      ['digest', 'SMS_1'],
      ['overdue', 'SMS_2'],
    ]);
    const chosen = { ...least, SMS_PROVIDER: provider };
    expect(AppConfig.fromEnvironment({ ...chosen, ...all }).smsVendor).toEqual({
      provider,
      ...settings,
      templateIds,
    });
    // In store, and not chosen.
    expect(AppConfig.fromEnvironment({ ...least, ...all }).smsVendor).toBeNull();
    const names = Object.keys(all);
    expect(faultsOf(chosen)).toEqual(names.map((name) => `${name} is missing`));
    for (const name of names) {
      expect(faultsOf({ ...chosen, ...all, [name]: ' ' })).toEqual([`${name} is missing`]);
      expect(faultsOf({ ...least, ...all, [name]: '' })).toEqual([`${name} is missing`]);
    }
    const upper = provider.toUpperCase();
    expect(faultsOf({ ...chosen, ...all, [`SMS_${upper}_ENDPOINT`]: 'ftp://hunter2' })).toHaveLength(1);
    for (const wrong of ['digest', 'digest=', 'digest=a b', 'digest=SMS_1,digest=SMS_2', '=SMS_1'])
      expect(faultsOf({ ...chosen, ...all, [`SMS_${upper}_TEMPLATES`]: wrong })).toEqual([
        `SMS_${upper}_TEMPLATES must list name=value with commas between, and no name twice`,
      ]);
  });

  it('takes by what receipts are verified', () => {
    const taken = {
      SMS_RECEIPT_SECRET: 's'.repeat(32),
      SMS_RECEIPT_TOKEN: 't'.repeat(32),
      SMS_RECEIPT_NETWORKS: '203.0.113.0/24',
    };
    expect(AppConfig.fromEnvironment({ ...least, ...taken }).smsReceipts).toEqual({
      secret: 's'.repeat(32),
      token: 't'.repeat(32),
      networks: ['203.0.113.0/24'],
    });
    for (const name of Object.keys(taken)) {
      const faults = faultsOf({ ...least, [name]: 'hunter2/' });
      expect(faults).toEqual([expect.stringContaining(name)]);
      if (name !== 'SMS_RECEIPT_NETWORKS') expect(faults.join()).not.toContain('hunter2');
    }
  });

  it('takes all of the object storage, or none of it', () => {
    const all = {
      FILES_S3_ENDPOINT: 'https://s3.example:9000',
      FILES_S3_REGION: 'cn-northwest-1',
      FILES_S3_BUCKET: 'shukun',
      FILES_S3_ACCESS_KEY_ID: 'key',
      FILES_S3_SECRET_ACCESS_KEY: 'hunter2',
    };
    expect(AppConfig.fromEnvironment({ ...least, ...all }).filesS3).toEqual({
      endpoint: 'https://s3.example:9000',
      region: 'cn-northwest-1',
      bucket: 'shukun',
      accessKeyId: 'key',
      secretAccessKey: 'hunter2',
    });
    for (const name of Object.keys(all)) {
      expect(faultsOf({ ...least, ...all, [name]: ' ' })).toEqual([`${name} is missing`]);
    }
    expect(faultsOf({ ...least, FILES_S3_BUCKET: 'shukun' })).toHaveLength(4);
    expect(faultsOf({ ...least, ...all, FILES_S3_ENDPOINT: 's3://hunter2' })).toEqual([
      'FILES_S3_ENDPOINT must be a URL beginning with http: or https://',
    ]);
    const blank = Object.fromEntries(Object.keys(all).map((name) => [name, '']));
    expect(AppConfig.fromEnvironment({ ...least, ...blank }).filesS3).toBeNull();
  });

  it.each([
    ['CORS_ORIGINS', ['*', 'null', 'https://portal.example/', 'https://*.example', 'portal.example']],
    ['TRUSTED_PROXIES', ['true', '*', 'proxy.example', '10.0.0.0/40']],
    ['METRICS_NETWORKS', ['everybody', '10.0.0.1/x']],
    ['OUTGOING_ALLOWED_NETWORKS', ['https://portal.example', '10.0.0', '*', 'a b']],
  ])('lists in %s only what it can hold to', (name, values) => {
    for (const value of values) {
      expect(faultsOf({ ...least, [name]: value })).toEqual([expect.stringContaining(`not "${value}"`)]);
    }
  });

  it('takes lists with blanks between', () => {
    const listed = { CORS_ORIGINS: 'https://a.example, http://b:1', TRUSTED_PROXIES: '10.0.0.1,fd00::/8' };
    expect(AppConfig.fromEnvironment({ ...least, ...listed })).toMatchObject({
      corsOrigins: ['https://a.example', 'http://b:1'],
      trustedProxies: ['10.0.0.1', 'fd00::/8'],
    });
  });

  it('takes an OIDC issuer with its audience, or none', () => {
    const both = { OIDC_ISSUER: 'https://sso.example/realms/office', OIDC_AUDIENCE: 'shukun' };
    const taken = (over: object = {}): unknown =>
      AppConfig.fromEnvironment({ ...least, ...both, ...over }).oidc;
    expect(taken()).toEqual({
      issuer: both.OIDC_ISSUER,
      audience: 'shukun',
      accountClaim: 'preferred_username',
    });
    expect(taken({ OIDC_ACCOUNT_CLAIM: 'sub' })).toMatchObject({ accountClaim: 'sub' });
    for (const name of Object.keys(both))
      expect(faultsOf({ ...least, ...both, [name]: '' })).toEqual([`${name} is missing`]);
    expect(faultsOf({ ...least, OIDC_ACCOUNT_CLAIM: 'sub' })).toHaveLength(2);
    expect(faultsOf({ ...least, ...both, OIDC_ISSUER: 'sso.example' })).toHaveLength(1);
  });

  it('keeps passwords and secrets out of what it says', () => {
    const faults = faultsOf({
      ...least,
      DATABASE_URL: 'mysql://app:hunter2@db/shukun',
      SMTP_URL: 'imap://post:hunter2@mail.example',
      TOKEN_SECRET: 'hunter2',
    });
    expect(faults).toHaveLength(3);
    expect(faults.join('\n')).not.toContain('hunter2');
  });
});
