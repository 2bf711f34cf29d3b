import type { ApiKeyScope } from '../../src/access/api-keys/api-key-scopes.js';
import { ReportingUnit } from '../../src/organization/reporting-unit.entity.js';
import type { FakeClock } from './fake-clock.js';
import { type Answer, Client, type TestApp } from './test-app.js';

const DAY = 86_400_000;

export interface MadeKey {
  id: string;
  token: string;
  client: Client;
}

/** Keys of portals, made as the security administrator makes them. */
export class PortalKeys {
  constructor(
    private readonly product: TestApp,
    private readonly clock: FakeClock,
  ) {}

  security(): Promise<Client> {
    return this.product.as('security_admin');
  }

  /** RFC 3339, so many days from now. */
  inDays(days: number): string {
    return new Date(this.clock.now().getTime() + days * DAY).toISOString();
  }

  async unit(code: string): Promise<string> {
    const { manager } = this.product.database.dataSource;
    return (await manager.findOneByOrFail(ReportingUnit, { code })).id;
  }

  /** What makes a key, but for what a test changes. */
  body(over: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      name: '企业服务平台',
      scopes: ['cases.read'],
      reportingUnitIds: null,
      expiresAt: this.inDays(90),
      ...over,
    };
  }

  async create(over: Record<string, unknown> = {}): Promise<Answer> {
    return (await this.security()).post('/api-keys', this.body(over));
  }

  async made(scopes: readonly ApiKeyScope[], unitCodes: readonly string[] | null = null): Promise<MadeKey> {
    const reportingUnitIds = unitCodes && (await Promise.all(unitCodes.map((code) => this.unit(code))));
    return this.madeOf(await this.create({ scopes, reportingUnitIds }));
  }

  madeOf({ status, body }: Answer): MadeKey {
    const token = String(body['token']);
    if (status >= 300) throw new Error(`no key: ${JSON.stringify(body)}`);
    return { id: String(Object(body['apiKey']).id), token, client: this.with(token) };
  }

  with(token: string): Client {
    return new Client(this.product.url, token);
  }
}
