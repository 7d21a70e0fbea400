// Stands in for a browser: passes the address that it is started with to the person (scripts/clients/browser-stand-in.ts).
const address = process.argv.at(-1) ?? "";
await fetch(`${process.env.BROWSER_STAND_IN}/?${encodeURIComponent(address)}`);
