import { NetworkError } from '../errors.js';

/** A backup of something else than it is to be restored as. `details` say what was expected and found. */
export function backupForeign(details: {
  readonly expected: string;
  readonly found: string;
}): NetworkError {
  const words = {
    zh: `备份不属于此处：应为 ${details.expected}，实为 ${details.found}。`,
    en: `The backup does not belong here: expected ${details.expected}, found ${details.found}.`,
  };
  return new NetworkError('BACKUP_FOREIGN', words, { details });
}

/** What is there has more than the backup; restoring would lose it. */
export function backupOlder(details: {
  readonly folder: string;
  readonly present: string;
  readonly backup: string;
}): NetworkError {
  const { folder, present, backup } = details;
  const words = {
    zh: `${folder} 中的数据比备份新：现有 ${present}，备份 ${backup}。确需恢复的，先自行移走该目录。`,
    en: `${folder} has more than the backup: ${present}, the backup ${backup}. If it is to be restored all the same, move that folder away first.`,
  };
  return new NetworkError('BACKUP_OLDER', words, { details });
}

/** A backup replaces no file: the one that is there may be the last that is left. */
export function fileExists(file: string): NetworkError {
  const words = {
    zh: `${file} 已存在，或者与另一个文件重名；没有写入。换一个文件名。`,
    en: `${file} exists already, or is named twice; nothing was written. Choose another name.`,
  };
  return new NetworkError('DATA_FOLDER_UNUSABLE', words, { details: { file } });
}
