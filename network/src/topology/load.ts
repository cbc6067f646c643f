import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Sentence } from '@yici/ledger';
import { readGiven } from '@yici/terminal';
import { isMap, parseDocument } from 'yaml';
import { issueAt, issuesIn, issuesText, type Issue } from '@yici/terminal/issues';
import { NetworkError } from '../errors.js';
import { topologySchema, type Topology } from './schema.js';
import { settingFields } from './settings.js';

/**
 * Validates a topology and applies its defaults.
 * @throws NetworkError TOPOLOGY_INVALID with `details.issues: Issue[]`, every offending path.
 */
export function parseTopology(value: unknown): Topology {
  const result = topologySchema.safeParse(value);
  if (result.success) return result.data;
  throw topologyInvalid(issuesIn(result.error, value));
}

/** Parses a topology from YAML (or JSON), optionally for another engine than it names. Errors as {@link parseTopology}. */
export function parseTopologyYaml(text: string, engine?: Topology['engine']): Topology {
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0) {
    const said = document.errors.map(({ message }) => message);
    throw topologyInvalid(said.map((en) => issueAt('', { zh: `不是可读的 YAML：${en}`, en })));
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
    const details = { issues: [issueAt('', { zh, en })], file };
    return new NetworkError('TOPOLOGY_INVALID', words, { details, cause });
  });
  return atFile(parseTopologyYaml(text.toString(), engine), file);
}

/** The channel's settings that a file itself names, as `batch.timeout`: of the others its topology has the usual value. */
export function settingsNamedIn(file: string): ReadonlySet<string> {
  const document = parseDocument(readFileSync(file, 'utf8'));
  return new Set([...settingFields.keys()].filter((key) => document.hasIn(key.split('.'))));
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

/** TOPOLOGY_INVALID of the topology, or of a file that it names; the sentence has the first faults, the details all. */
export function topologyInvalid(
  issues: readonly Issue[],
  what: Sentence = { zh: '拓扑文件', en: 'The topology' },
  details: { readonly file?: string } = {},
): NetworkError {
  const { zh, en } = issuesText(issues, 3);
  const words = { zh: `${what.zh}有误：${zh}`, en: `${what.en} is not valid: ${en}` };
  return new NetworkError('TOPOLOGY_INVALID', words, { details: { ...details, issues } });
}
