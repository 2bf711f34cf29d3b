import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { PROBLEM_SCHEMA } from './problem-schema.js';

const DESCRIPTION = `Cases of halted enterprises (停产、半停产、减产): handed over, reminded of and struck off the ledger (销号), with weekly closure statistics.

Ids are UUIDv7, instants RFC 3339 with offset, calendar dates \`YYYY-MM-DD\` in the office time zone, money in CNY. Errors are RFC 9457 problem documents with a \`code\`; their text follows \`Accept-Language\` (\`zh-CN\` by default, \`en\`). Lists are pages: \`limit\`, an opaque \`cursor\`, \`count=exact\`. A change needs \`If-Match\` with the \`ETag\` that was read. Unknown fields and query parameters are refused.`;

/** The OpenAPI 3.1 document of the running router. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const configuration = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Shukun 纾困 API')
    .setVersion('1')
    .setDescription(DESCRIPTION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addSecurityRequirements('bearer')
    .addGlobalResponse({
      status: '4XX',
      description: 'A refusal, as a problem document.',
      content: { 'application/problem+json': { schema: PROBLEM_SCHEMA } },
    })
    .build();
  return SwaggerModule.createDocument(app, configuration, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
}

/** Serves the document at `/api/openapi.json` and readable pages at `/api/docs`, all from here: no CDN. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Shukun 纾困 API',
  });
}
