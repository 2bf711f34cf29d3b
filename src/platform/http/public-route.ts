import { applyDecorators, SetMetadata } from '@nestjs/common';

/** Under it a route says who may call it; the access guard reads it. */
export const ROUTE_POLICY = 'shukun:route-policy';

/** Under it stands the same in words, for the published document. */
export const ROUTE_AUDIENCE = 'shukun:route-audience';

/** Anyone may call it, signed in or not. */
export const Public = () =>
  applyDecorators(
    SetMetadata<string, 'public'>(ROUTE_POLICY, 'public'),
    SetMetadata(ROUTE_AUDIENCE, 'Open to everyone.'),
  );
