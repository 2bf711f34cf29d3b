import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { AppConfig } from '../config/app-config.js';
import { completeOperations, operationIdOf } from './open-api-completion.js';
import { OPEN_API_TAGS } from './open-api-tags.js';
import { PROBLEM_SCHEMA } from './problem-schema.js';

const DESCRIPTION = `Cases of halted enterprises (停产、半停产、减产): handed over, reminded of and struck off the ledger (销号), with weekly closure statistics.

Ids are UUIDv7, instants RFC 3339 with offset, calendar dates \`YYYY-MM-DD\` in the office time zone, money in CNY. Errors are RFC 9457 problem documents with a \`code\`; their text follows \`Accept-Language\` (\`zh-CN\` by default, \`en\`). Lists are pages: \`limit\`, an opaque \`cursor\`, \`count=exact\`. A change needs \`If-Match\` with the \`ETag\` that was read. Any POST of a signed-in account takes an \`Idempotency-Key\`: sent again within 24 hours it answers as it did first, with \`Idempotency-Replayed: true\`, and has no further effect. Unknown fields and query parameters are refused.

The bearer token is that of a sign-in here, one of the OIDC issuer where one is configured, or an API key (\`shk_…\`). A key sees and does what its scopes name, in its reporting units; each operation says the scope that opens it, and is closed to keys where it says none.`;

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Yours to choose, one for each thing to be done; the answer is kept for 24 hours.',
  schema: { type: 'string', minLength: 8, maxLength: 200, pattern: '^[!-~]+$' },
} as const;

/** Named once, so that a client generated from the document has one type for it. */
const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** The OpenAPI 3.1 document of the running router. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const { publicUrl } = app.get(AppConfig);
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Shukun 纾困 API')
    .setVersion('1')
    .setDescription(DESCRIPTION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addSecurityRequirements('bearer')
    .setContact('稳增长专班办公室', publicUrl, '')
    .addServer(publicUrl, 'This installation.')
    .addGlobalResponse(
      { status: '4XX', description: 'A refusal, as a problem document.', content: PROBLEM },
      { status: '5XX', description: 'Not possible now, as a problem document.', content: PROBLEM },
    );
  for (const [name, description] of Object.entries(OPEN_API_TAGS).toSorted())
    builder.addTag(name, description);
  const configuration = builder.build();
  // Who answers for the office is not ours to say.
  delete configuration.info.contact?.email;
  const document = SwaggerModule.createDocument(app, configuration, {
    operationIdFactory: operationIdOf,
  });
  for (const { post } of Object.values(document.paths)) {
    const isPublic = post?.security?.length === 0;
    if (post !== undefined && !isPublic) post.parameters = [...(post.parameters ?? []), IDEMPOTENCY_KEY];
  }
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM_SCHEMA },
  };
  completeOperations(app, document);
  return document;
}

/** Serves the document at `/api/openapi.json` and readable pages at `/api/docs`, all from here: no CDN. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Shukun 纾困 API',
  });
}
