import { SetMetadata } from '@nestjs/common';

/** Under it a route says who may call it; the access guard reads it. */
export const ROUTE_POLICY = 'shukun:route-policy';

/** Anyone may call it, signed in or not. */
export const Public = () => SetMetadata<string, 'public'>(ROUTE_POLICY, 'public');
