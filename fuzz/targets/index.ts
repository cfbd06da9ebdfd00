import type { Target, TargetName } from '../target.js';
import { options } from './options.js';
import { parts } from './parts.js';
import { pipeline } from './pipeline.js';
import { readers } from './readers.js';
import { renderers } from './renderers.js';

export const targets: Readonly<Record<TargetName, Target>> = { readers, pipeline, parts, options, renderers };
