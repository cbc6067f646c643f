import { NetworkError } from '../../errors.js';

/** The file is no whole archive of a release. */
export function archiveInvalid(why: string, cause?: unknown): NetworkError {
  return new NetworkError('FABRIC_ARCHIVE_INVALID', `The archive cannot be used: ${why}.`, {
    details: { why },
    cause,
  });
}

/** The archive would write, or point, where it must not. */
export function archiveUnsafe(member: string, why: string): NetworkError {
  return new NetworkError('FABRIC_ARCHIVE_UNSAFE', `The archive is refused: ${member} ${why}.`, {
    details: { member, why },
  });
}

/** What the system says when there is no room: disk, quota, or the largest size of a file. */
const noRoom: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** An error of the file system about the cache folder, as one of ours; others unchanged. */
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
