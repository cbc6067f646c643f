import { existsSync } from 'node:fs';
import { CodedError } from '@yici/ledger';
import type { DataFolder } from '../../../supervisor/data-folder.js';
import type { Department, Topology } from '../../../topology/schema.js';
import { checkToken, tokenOf, type NodeToken } from '../../../pki/node-token.js';
import type { FabricInstallation } from '../locate.js';
import { requireTokenBuild } from '../token-build.js';
import type { Check } from './check.js';

/** Whether the nodes of this folder whose keys lie in tokens could sign with them; no check where there are none. */
export function checkTokens(
  topology: Topology,
  folder: DataFolder,
  fabric: FabricInstallation,
): Check[] {
  const nodes = topology.departments.flatMap((department) => nodesOf(department, folder));
  if (nodes.length === 0) return [];
  const names = nodes.map(({ name }) => name).join('、');
  const problems = nodes.flatMap(({ kind, token }) => problemOf(kind, token, fabric));
  const [first] = problems;
  const words = first?.words;
  return [
    {
      name: 'tokens',
      status: first === undefined ? 'ok' : 'missing',
      found: words ?? {
        zh: `${names} 的签名密钥在令牌中，可以使用`,
        en: `the signing keys of ${names} lie in tokens and can be used`,
      },
      details: { nodes: nodes.map(({ name }) => name), problems: problems.map(({ code }) => code) },
    },
  ];
}

function nodesOf(department: Department, folder: DataFolder) {
  return (['peer', 'orderer'] as const).flatMap((kind) => {
    const token = tokenOf(folder.root, department, kind);
    return token === undefined ? [] : [{ kind, token, name: `${kind}0.${department.id}` }];
  });
}

type Problem = Pick<CodedError<string>, 'code' | 'words'>;

function problemOf(
  kind: 'peer' | 'orderer',
  token: NodeToken,
  fabric: FabricInstallation,
): Problem[] {
  const program = fabric.bin(kind);
  try {
    if (existsSync(program)) requireTokenBuild(program);
    checkToken(token);
    return [];
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return [{ code: String(error.code), words: error.words }];
  }
}
