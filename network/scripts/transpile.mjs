// Writes the JavaScript of packages file by file, as `tsc -b` would write it to the byte, without working out their types: a
// third of the time, and all that running needs. Called as `transpile.mjs [--root DIR] FOLDER ...` once TypeScript is installed;
// under DIR, by default this checkout, each package gets its output.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import ts from 'typescript';
import { root } from './prepare.mjs';

/** What a package's configuration names, and how each file of it is written. */
function packageOf(folder) {
  const config = join(root, folder, 'tsconfig.json');
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(config, {}, ts.sys);
  const isModule = JSON.parse(readFileSync(nearestPackage(folder), 'utf8')).type === 'module';
  return {
    files: fileNames.filter((file) => !file.endsWith('.d.ts')),
    rootDir: options.rootDir,
    outDir: options.outDir,
    compilerOptions: {
      ...options,
      ...{ composite: false, declaration: false, declarationMap: false },
      // A file alone does not tell that the package.json above it makes it a module.
      ...(isModule && {
        module: ts.ModuleKind.ES2022,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        moduleDetection: ts.ModuleDetectionKind.Force,
      }),
    },
  };
}

function nearestPackage(folder) {
  let at = join(root, folder);
  while (!ts.sys.fileExists(join(at, 'package.json'))) at = dirname(at);
  return join(at, 'package.json');
}

function write(file, { rootDir, outDir, compilerOptions }, under) {
  const source = readFileSync(file, 'utf8');
  const written = ts.transpileModule(source, { compilerOptions, fileName: file });
  const place = join(outDir, relative(rootDir, file)).replace(/\.ts$/, '.js');
  const sources = [relative(dirname(place), file)];
  const to = join(under, relative(root, place));
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, written.outputText);
  writeFileSync(`${to}.map`, JSON.stringify({ ...JSON.parse(written.sourceMapText), sources }));
}

/** Every so-and-so-many-th file, from one on: lanes of about as much work. */
function writeLane({ folders, under, lane, lanes }) {
  let at = 0;
  for (const all of folders.map(packageOf))
    for (const file of all.files) if (at++ % lanes === lane) write(file, all, under);
}

if (isMainThread) {
  const options = { root: { type: 'string', default: root } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const lanes = Math.min(availableParallelism(), 4);
  for (let lane = 0; lane < lanes; lane++) {
    const data = { folders: positionals, under: values.root, lane, lanes };
    new Worker(fileURLToPath(import.meta.url), { workerData: data }).on('error', (error) => {
      throw error;
    });
  }
} else writeLane(workerData);
