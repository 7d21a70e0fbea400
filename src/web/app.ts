import type { Context } from "hono";
import type { RouterBindings } from "../bindings.ts";
import type { Config, SiteConfig } from "../config.ts";

export interface AppEnv {
  Bindings: RouterBindings;
  Variables: {
    site: SiteConfig;
    config: Config;
    /** Without a trailing slash. */
    origin: string;
  };
}

export type AppContext = Context<AppEnv>;
