import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const withBrotli = promisify(brotliCompress);
const withGzip = promisify(gzip);
/** The best two qualities take ten times as long for a twentieth less. */
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Writes each script and style sheet compressed beside itself, for the gateway to serve; gzip is for plain http. */
export const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const names = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name));
    await Promise.all(
      names.map(async (name) => {
        const file = join(dir, name);
        const bytes = await readFile(file);
        await writeFile(`${file}.br`, await withBrotli(bytes, quality));
        await writeFile(`${file}.gz`, await withGzip(bytes, { level: 9 }));
      }),
    );
  },
};
