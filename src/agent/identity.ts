/** Who is asking, as the token check verified it. It travels as an argument, never as headers a client could set. */
export interface Identity {
  accountId: string;
  /** The approval this token came from. */
  assistantId: string;
  clientId: string;
  /** Scopes of the token itself; the assistant's record may allow fewer by now. */
  scopes: string[];
  /** Address people use, for links in answers. */
  origin: string;
}
