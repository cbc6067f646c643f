import type { Words } from '@yici/domain/model';
import { existsSync, readFileSync } from 'node:fs';
import { isTokenUri } from '@yici/keys';
import { findFabric } from '../../fabric/binaries/locate.js';
import { isTokenBuild, withoutTokens } from '../../fabric/binaries/token-build.js';
import { departmentPaths } from '../../pki/layout.js';
import type { DataFolder } from '../../supervisor/data-folder.js';
import { departmentNamed, isOfServer, usersOf } from '../../topology/nodes.js';
import { ownTopology } from './identities.js';

/** Which signing keys of a department's server lie in a token, which do not, and what would keep its nodes from using them. */
export function tokenReport(folder: DataFolder, id: string) {
  const department = departmentNamed(ownTopology(folder), id);
  const paths = departmentPaths(folder.root, id);
  const keys = [
    ...[paths.peer, ...(department.orderer ? [paths.orderer] : [])],
    ...usersOf(department)
      .filter(isOfServer)
      .map(({ name }) => paths.user(name)),
  ].map(({ msp }) => msp.key);
  const inToken = keys.filter((key) => isTokenUri(readFileSync(key, 'utf8')));
  const inFiles = keys.filter((key) => !inToken.includes(key));
  const facts = { inToken: inToken.length, inFiles };
  return { facts, lines: [lying(facts), ...staying(inFiles), ...unbuilt()] };
}

const lying = ({ inToken }: { readonly inToken: number }): Words => ({
  zh: `签名密钥 ${inToken} 把在令牌中，不能取出，也不在备份中；TLS 密钥为文件`,
  en: `${inToken} signing keys lie in the token, which they never leave, so that no backup has them; TLS keys are files`,
});

/** Keys from before are kept. */
const staying = (inFiles: readonly string[]): Words[] =>
  inFiles.map((file) => ({
    zh: `原有密钥仍为文件：${file}；移入令牌须换新密钥：yici-network keys renew … --token`,
    en: `a key from before stays a file: ${file}; for one in the token renew it: yici-network keys renew … --token`,
  }));

function unbuilt(): Words[] {
  const peer = findFabric()?.bin('peer');
  if (peer === undefined || !existsSync(peer) || isTokenBuild(peer)) return [];
  return [withoutTokens(peer).words];
}
