import { methodsResource } from "./methods-resource.ts";
import { metricsResource } from "./metrics-resource.ts";
import { permissionsResource } from "./permissions-resource.ts";

/** Every resource, in the order in which clients list them. */
export const resources = [metricsResource, permissionsResource, methodsResource] as const;
