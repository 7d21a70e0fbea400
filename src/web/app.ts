import type { Context } from "hono";
import type { RouterBindings } from "../bindings.ts";
import type { Config, SiteConfig } from "../config.ts";

/** What every page handler finds in its context. */
export interface AppEnv {
  Bindings: RouterBindings;
  Variables: {
    site: SiteConfig;
    config: Config;
    /** Address people use, without a trailing slash. */
    origin: string;
  };
}

export type AppContext = Context<AppEnv>;
