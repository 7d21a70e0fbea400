/** The version is in a file of its own, so that pages can show it without loading the code of the protocol. */
export const serverVersion = "0.1.0";
