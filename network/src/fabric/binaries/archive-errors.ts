import { NetworkError } from '../../errors.js';

/** The file is not a complete release archive. */
export function archiveInvalid(why: string, cause?: unknown): NetworkError {
  return new NetworkError('FABRIC_ARCHIVE_INVALID', `The archive cannot be used: ${why}.`, {
    details: { why },
    cause,
  });
}

/** A member of the archive would be written, or a link would point, outside the folder. */
export function archiveUnsafe(member: string, why: string): NetworkError {
  return new NetworkError('FABRIC_ARCHIVE_UNSAFE', `The archive is refused: ${member} ${why}.`, {
    details: { member, why },
  });
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
      `There is no room in ${folder}; nothing was installed. Make room, or set XDG_CACHE_HOME to a folder on another disk.`,
      { details: { folder, code: error.code }, cause: error },
    );
  }
  return new NetworkError('DATA_FOLDER_UNUSABLE', `The folder ${folder} cannot be used.`, {
    details: { folder, code: error.code },
    cause: error,
  });
}
