import type { Words } from '@yici/domain/model';

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly words?: Words | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What a code means, and what to do, for readers of Chinese; for errors whose own sentence is in English alone. */
export type Meanings = Readonly<Record<string, string>>;

/** An error's sentence in both languages: its own, or in Chinese what its code means with the facts that it names. */
export function failureWords(
  { code, message, words, details }: Failure,
  meanings: Meanings,
): Words {
  if (words !== undefined) return words;
  const meaning = meanings[code];
  if (meaning === undefined) return { zh: message, en: message };
  const facts = Object.entries(details).flatMap(([name, value]) => factText(name, value));
  return { zh: facts.length === 0 ? meaning : `${meaning}（${facts.join('；')}）`, en: message };
}

/** What the facts of an error are called, where its sentence is told in Chinese by its code alone. */
const factWords: Readonly<Record<string, string>> = {
  address: '地址',
  addresses: '地址',
  file: '文件',
  files: '文件',
  path: '路径',
  folder: '目录',
  directory: '目录',
  reason: '原因',
  why: '原因',
  message: '原文',
  code: '代码',
  status: '状态',
  issues: '问题',
  expected: '应为',
  found: '实为',
  made: '所制',
  version: '版本',
  department: '部门',
  departments: '部门',
  mspId: '组织',
  node: '节点',
  nodes: '节点',
  peers: '节点',
  member: '成员',
  channel: '通道',
  missing: '缺少',
  limit: '上限',
  source: '来源',
  key: '密钥',
  certificate: '证书',
};

function factText(name: string, value: unknown): string[] {
  const text = valueText(value);
  return text === '' ? [] : [`${factWords[name] ?? name}：${text}`];
}

/** Texts and numbers, in lists too; of an object its facts one after the other. */
function valueText(value: unknown): string {
  if (typeof value === 'string') return value.trimEnd();
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return joined(value.map(valueText), '、');
  if (typeof value !== 'object' || value === null) return '';
  return joined(Object.values(value).map(valueText), ' ');
}

const joined = (texts: readonly string[], by: string): string =>
  texts.filter((text) => text !== '').join(by);

/** What the system answers of a file that is not there, or may not be read or written. */
const fileCodes = ['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR', 'EROFS', 'ENOSPC', 'EEXIST'];

/** What it answers to a write for which a disk has no room, or that a disk fails; of an open file it does not say which. */
const diskCodes = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'];

/** An error of the system about a file: its sentence, with the file. Undefined for any other error, which may be a bug. */
export function fileFailure(error: unknown): (Words & { readonly path?: string }) | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const code = String(error.code);
  const path = 'path' in error ? error.path : undefined;
  if (typeof path !== 'string') return diskCodes.includes(code) ? noRoom(code) : undefined;
  if (!fileCodes.includes(code)) return undefined;
  return {
    path,
    zh: `${path} 无法读取或者写入（${code}）。核对路径、权限和磁盘空间。`,
    en: `${path} cannot be read or written (${code}): look at the path, permissions and the disk's space.`,
  };
}

const noRoom = (code: string): Words => ({
  zh: `无法写入：磁盘已满、达到配额，或者发生故障（${code}）。清理磁盘空间后重试。`,
  en: `Nothing can be written: the disk is full, a quota is reached, or the disk fails (${code}). Make room and try again.`,
});
