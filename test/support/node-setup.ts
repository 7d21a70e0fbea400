// What the Workers runtime has and Node 24 has not.
import "core-js/modules/es.uint8-array.from-base64.js";
import "core-js/modules/es.uint8-array.to-base64.js";
import "core-js/modules/es.uint8-array.to-hex.js";
