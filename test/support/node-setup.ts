// Features of the Workers runtime that Node 24 lacks.
import "core-js/modules/es.uint8-array.from-base64.js";
import "core-js/modules/es.uint8-array.to-base64.js";
import "core-js/modules/es.uint8-array.to-hex.js";
