import type { Logger } from 'pino';

/**
 * What Node says when one connection broke, or was written to after its end. Nothing of ours writes a file through a stream,
 * so none of these can be a ledger, a store or a journal that failed: their errors have other codes (ENOSPC, EIO, LEVEL_…).
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

/** Whether an error that nobody caught is about one connection, so that everybody else may be served on. */
export function isOfOneConnection(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return typeof error.code === 'string' && ofOneConnection.has(error.code);
}

/**
 * Takes what nobody caught, rejected promises among it. What is about one connection ends at that connection. After anything
 * else nobody knows what was half done, so the process ends at once, as `kill -9` would end it: what is on disk is whole,
 * and whoever keeps the process running starts it again.
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
