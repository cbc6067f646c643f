import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readGiven } from '@yici/terminal';
import { isMap, parseDocument } from 'yaml';
import { NetworkError } from '../errors.js';
import { channelSettings, topologySchema, type Topology } from './schema.js';

/** A fault in a topology: path (`departments.2.mspId`) and message. */
export interface TopologyIssue {
  readonly path: string;
  readonly message: string;
}

/**
 * Validates a topology and applies its defaults.
 * @throws NetworkError TOPOLOGY_INVALID with `details.issues: TopologyIssue[]`, every offending path.
 */
export function parseTopology(value: unknown): Topology {
  const result = topologySchema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue): TopologyIssue => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  throw invalid(issues);
}

/** Parses a topology from YAML (or JSON), optionally for another engine than it names. Errors as {@link parseTopology}. */
export function parseTopologyYaml(text: string, engine?: Topology['engine']): Topology {
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0) {
    throw invalid(document.errors.map((error) => ({ path: '', message: error.message })));
  }
  if (engine !== undefined && isMap(document.contents)) document.set('engine', engine);
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  return parseTopology(value);
}

/**
 * Reads a topology file; paths in it are relative to the file. @throws NetworkError TOPOLOGY_INVALID, also when the
 * file cannot be read.
 */
export function readTopology(file: string, engine?: Topology['engine']): Topology {
  const text = readGiven(file, ({ zh, en }, cause) => {
    const words = { zh: `拓扑文件 ${zh}。`, en: `The topology file ${en}.` };
    const details = { issues: [{ path: '', message: en }], file };
    return new NetworkError('TOPOLOGY_INVALID', words, { details, cause });
  });
  return atFile(parseTopologyYaml(text.toString(), engine), file);
}

/** The channel's settings that a file itself names, as `batch.timeout`: of the others its topology has the usual value. */
export function settingsNamedIn(file: string): ReadonlySet<string> {
  const document = parseDocument(readFileSync(file, 'utf8'));
  const named = Object.entries(channelSettings).flatMap(([section, schema]) =>
    Object.keys(schema.shape)
      .filter((name) => document.hasIn([section, name]))
      .map((name) => `${section}.${name}`),
  );
  return new Set(named);
}

function atFile(topology: Topology, file: string): Topology {
  const { chaincode, demo } = topology;
  const at = (path: string) => resolve(dirname(file), path);
  return {
    ...topology,
    chaincode: {
      ...chaincode,
      ...(chaincode.path === undefined ? {} : { path: at(chaincode.path) }),
      ...(chaincode.collections === undefined ? {} : { collections: at(chaincode.collections) }),
    },
    ...(demo === undefined ? {} : { demo: { data: at(demo.data) } }),
  };
}

function invalid(issues: readonly TopologyIssue[]): NetworkError {
  const first = issues
    .slice(0, 3)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  const more = issues.length > 3 ? ` (and ${issues.length - 3} more)` : '';
  return new NetworkError('TOPOLOGY_INVALID', `The topology is not valid: ${first}${more}`, {
    details: { issues },
  });
}
