/** How a rung of a ladder is named: here because deliveries are looked for by it, and this folder knows no ladder. */
export const RUNG_CODE = /^[a-z][a-z_]{0,39}$/;
