import type { Sentence } from '@yici/ledger';
import { NetworkError } from '../../errors.js';

/** The file is not a complete release archive. */
export function archiveInvalid({ zh, en }: Sentence, cause?: unknown): NetworkError {
  const words = {
    zh: `安装包不能使用：${zh}。重新下载。`,
    en: `The archive cannot be used: ${en}.`,
  };
  return new NetworkError('FABRIC_ARCHIVE_INVALID', words, { details: { why: en }, cause });
}

/** A member of the archive would be written, or a link would point, outside the folder. */
export function archiveUnsafe(member: string, { zh, en }: Sentence): NetworkError {
  const words = {
    zh: `安装包不予采用：其中的 ${member} ${zh}；没有保留任何内容。查明其来源。`,
    en: `The archive is refused: ${member} ${en}.`,
  };
  return new NetworkError('FABRIC_ARCHIVE_UNSAFE', words, { details: { member, why: en } });
}

/** System error codes for lack of space: disk, quota, or maximum file size. */
const noRoom: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Converts a file system error about the cache folder; other errors are returned unchanged. */
export function fileError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof NetworkError) return error;
  if (!('syscall' in error) || !('code' in error)) return error;
  if (noRoom.includes(error.code)) {
    return new NetworkError(
      'FABRIC_DISK_FULL',
      {
        zh: `${folder} 所在磁盘空间不足（或者达到配额、文件大小上限）；没有安装。清理磁盘空间，或者用 XDG_CACHE_HOME 指定其他磁盘。`,
        en: `There is no room in ${folder}; nothing was installed. Make room, or set XDG_CACHE_HOME to a folder on another disk.`,
      },
      { details: { folder, code: error.code }, cause: error },
    );
  }
  const words = {
    zh: `目录 ${folder} 不能使用（${String(error.code)}）。核对权限，或者另选目录。`,
    en: `The folder ${folder} cannot be used.`,
  };
  const details = { folder, code: error.code };
  return new NetworkError('DATA_FOLDER_UNUSABLE', words, { details, cause: error });
}
