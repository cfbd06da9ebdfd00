/** `synfin schema`: the JSON Schema of what `--format json` prints. */
import { JSON_SCHEMA } from '../../render/data/json-schema.js';

export function schema(): string {
  return `${JSON.stringify(JSON_SCHEMA, null, 2)}\n`;
}
