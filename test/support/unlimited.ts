/** A test asks more in a second than people in a minute; the specs of limits set them. */
export const UNLIMITED = { RATE_LIMIT_ACCOUNT: '0', RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_SIGN_IN: '0' };
