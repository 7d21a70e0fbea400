import { methodsResource } from "./methods.ts";
import { metricsResource } from "./metrics.ts";
import { permissionsResource } from "./permissions.ts";

/** Every resource, in the order clients list them. */
export const resources = [metricsResource, permissionsResource, methodsResource] as const;
