import { createRequire } from 'node:module';
import { join } from 'node:path';

const load = createRequire(join(process.cwd(), 'gateway', 'fabric-network', 'package.json'));

/** A module of the SDK, which is installed in a folder of its own; `npm test` does it. */
export const sdkModule = (name: string): unknown => load(name);
