/**
 * The port of `npm start` and `npm run dev`: not assigned by IANA, and no common tool's default. Wrangler's own default,
 * 8787, is also the port Cursor listens on while somebody signs in to a server.
 */
export const productPort = 8727;

export const productAddress = `http://localhost:${productPort}`;

/** The port of `npm run sandbox:oura`. */
export const simulatorPort = 8726;
