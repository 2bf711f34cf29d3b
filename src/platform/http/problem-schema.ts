const text = { type: 'string' };

/** JSON schema of a problem document. */
export const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'params', 'errors', 'requestId'],
  properties: {
    type: {
      ...text,
      description: 'URN of the kind of problem.',
      example: 'urn:shukun:problem:validation-failed',
    },
    title: { ...text, example: 'Bad request' },
    status: { type: 'integer', example: 400 },
    detail: { ...text, description: 'What is wrong, in the language of Accept-Language.' },
    instance: { ...text, example: '/api/v1/cases' },
    code: { ...text, description: 'Stable name of the refusal.', example: 'VALIDATION_FAILED' },
    params: { type: 'object', additionalProperties: true },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: {
          pointer: {
            ...text,
            description: 'JSON pointer into the body, or `?name` of a query parameter.',
            example: '/title',
          },
          code: { ...text, example: 'FIELD_REQUIRED' },
          detail: text,
        },
      },
    },
    requestId: text,
  },
};
