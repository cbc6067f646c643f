import type { Logger } from 'pino';

/**
 * Error codes of a broken connection, or of a write after its end. No file is written through a stream here, so none of
 * these can come from a ledger, store or journal: their errors have other codes (ENOSPC, EIO, LEVEL_…).
 */
const ofOneConnection: ReadonlySet<string> = new Set([
  'ECONNABORTED',
  'ECONNRESET',
  'EPIPE',
  'ERR_HTTP_HEADERS_SENT',
  'ERR_STREAM_ALREADY_FINISHED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_UNABLE_TO_PIPE',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** Whether an uncaught error concerns a single connection, so that the others can still be served. */
export function isOfOneConnection(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return typeof error.code === 'string' && ofOneConnection.has(error.code);
}

/**
 * Handles uncaught errors and rejections. Those of a single connection are logged and ignored. After any other the
 * state of memory is unknown, so the process ends at once, like after `kill -9`: the data on disk are consistent, and a
 * supervisor restarts it.
 */
export function guardProcess(logger: Logger, exit: () => void): void {
  process.on('uncaughtException', (error) => {
    if (isOfOneConnection(error)) {
      logger.error({ err: error }, 'one connection failed in a way that nobody expected');
      return;
    }
    logger.fatal({ err: error }, 'an error that nobody expected: the process ends');
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}\n`,
    );
    exit();
  });
}
