import { NetworkError } from '../../errors.js';

/** BLOCK_FILE_CORRUPT with the file and the offset of the damaged record. */
export function corrupt(file: string, offset: number, why: string): NetworkError {
  return new NetworkError('BLOCK_FILE_CORRUPT', `${file} at ${offset}: ${why}`, {
    details: { file, offset },
  });
}

/** The `code` of an error from Node or level, if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
