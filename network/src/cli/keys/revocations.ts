import { readFileSync } from 'node:fs';
import type { Words } from '@yici/domain/model';
import { renderTable, type Column } from '@yici/terminal';
import { NetworkError } from '../../errors.js';
import { crlReasons, type CrlReason } from '../../pki/crl.js';
import { readRevocations, revoke, serialsOf } from '../../pki/revoke.js';
import { departmentNamed, findUser, usersOf } from '../../topology/nodes.js';
import type { Department, Topology } from '../../topology/schema.js';
import type { CommandContext } from '../context.js';
import { ownTopology } from './identities.js';
import { passphraseIfSealed } from './passphrase.js';

export const crlReasonWords: Readonly<Record<CrlReason, Words>> = {
  unspecified: { zh: '未说明', en: 'unspecified' },
  keyCompromise: { zh: '密钥泄露', en: 'key compromised' },
  affiliationChanged: { zh: '调离', en: 'affiliation changed' },
  superseded: { zh: '已换发', en: 'superseded' },
  cessationOfOperation: { zh: '停用', en: 'no longer in use' },
  privilegeWithdrawn: { zh: '收回权限', en: 'privilege withdrawn' },
};

interface RevokeOptions {
  readonly department?: string;
  readonly serial?: readonly string[];
  readonly reason: CrlReason;
  readonly passphraseFile?: string;
}

/** Adds a user's certificates, or those of the given serial numbers, to the department's revocation list. */
export function revokeIdentity(
  context: CommandContext,
  user: string | undefined,
  { serial, reason, passphraseFile, ...options }: RevokeOptions,
): void {
  const { folder, output } = context;
  const department = departmentOf(ownTopology(folder), user, options.department);
  const directory = folder.root;
  const serials = serial ?? (user === undefined ? [] : serialsOf(department, directory, user));
  const passphrase = passphraseIfSealed(department.id, passphraseFile, context);
  const input = { department, directory, now: new Date(), passphrase, serials, reason };
  const { file, number, added } = revoke(input);
  output.result(
    {
      department: department.id,
      user: user ?? null,
      crl: file,
      number,
      added: added.map((each) => each.serial),
      pem: readFileSync(file, 'utf8'),
    },
    added.length === 0 ? alreadyWords(file) : [revokedWords(file, number, added.length), nextWords],
  );
}

function departmentOf(
  topology: Topology,
  user: string | undefined,
  department: string | undefined,
): Department {
  if (user !== undefined) return findUser(topology, user).department;
  if (department !== undefined) return departmentNamed(topology, department);
  const message = {
    zh: '请写明用户，或者 --department 和 --serial。',
    en: 'Name a user, or --department with --serial.',
  };
  throw new NetworkError('IDENTITY_UNKNOWN', message);
}

const alreadyWords = (file: string): Words => ({
  zh: `这些证书已在吊销列表 ${file} 中，没有改动。`,
  en: `These certificates are on the list ${file} already; nothing was changed.`,
});

const revokedWords = (file: string, number: bigint, count: number): Words => ({
  zh: `已吊销证书 ${count} 份，吊销列表第 ${number} 号：${file}`,
  en: `${count} certificates revoked by list number ${number}: ${file}`,
});

/** A list that lies in a folder binds nobody. */
const nextWords: Words = {
  zh: '通道配置载入此列表后才生效：由本部门管理员以 yici-network channel propose revocation-list 提出并签名（见 docs/operations.zh-CN.md 第 10 节）。在此之前，请先停用该账号或者停止该节点。',
  en: "It is in force once the channel's configuration has it: the department's administrator proposes and signs that with yici-network channel propose revocation-list (docs/operations.md, section 10). Until then stop the account or the node.",
};

interface RevokedRow {
  readonly department: string;
  readonly user: string | null;
  readonly serial: string;
  readonly at: string;
  readonly reason: CrlReason | number;
}

const columns: readonly Column<RevokedRow>[] = [
  [{ zh: '部门', en: 'department' }, ({ department }) => department],
  [{ zh: '用户', en: 'user' }, ({ user }) => user],
  [{ zh: '序列号', en: 'serial' }, ({ serial }) => serial],
  [{ zh: '吊销日', en: 'revoked' }, ({ at }) => at.slice(0, 10)],
  [
    { zh: '原因', en: 'why' },
    ({ reason }, say) => (typeof reason === 'number' ? reason : say(crlReasonWords[reason])),
  ],
];

/** Prints what the revocation lists of the folder's departments have. */
export function printRevoked({ folder, output, say }: CommandContext): void {
  const { departments } = ownTopology(folder);
  const revoked = departments.flatMap((department) => rowsOf(department, folder.root));
  output.result({ revoked }, renderTable(columns, revoked, say));
}

function rowsOf(department: Department, directory: string): RevokedRow[] {
  const users = new Map(
    usersOf(department).flatMap(({ name }) =>
      serialsOf(department, directory, name).map((serial) => [serial, name]),
    ),
  );
  return readRevocations(department, directory).revoked.map(({ serial, at, reason }) => ({
    department: department.id,
    user: users.get(serial) ?? null,
    serial,
    at: at.toISOString(),
    reason: reasonNamed(reason),
  }));
}

function reasonNamed(number: number): CrlReason | number {
  const known = Object.entries(crlReasons).find(([, value]) => value === number);
  // The keys of that record.
  return known === undefined ? number : (known[0] as CrlReason);
}
