/**
 * The port of `npm start` and `npm run dev`. IANA has not assigned it and no common tool uses it by default. Wrangler's
 * default, 8787, conflicts with Cursor, which listens there while a user signs in to a server.
 */
export const productPort = 8727;

export const productAddress = `http://localhost:${productPort}`;

export const simulatorPort = 8726;
