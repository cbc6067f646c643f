import { Shim } from 'fabric-shim';

/** Loggers of fabric-shim that are called with every transaction. */
const busy = [
  'contracts-spi/chaincodefromcontract.js',
  'contracts-spi/datamarshall.js',
  'lib/chaincode.js',
  'lib/handler.js',
  'lib/iterators.js',
  'lib/stub.js',
];
const levels = ['debug', 'info'] as const;

/**
 * Asks for the level before a line is formatted: winston formats every line, coloured and with a time, and only then
 * looks whether anybody wants it, which was a third of a transaction. What is logged stays the same.
 */
export function askLevelFirst(): void {
  for (const name of busy) {
    const logger = Shim.newLogger(name);
    for (const level of levels) {
      const write = logger[level].bind(logger);
      const asked = (message: unknown, ...more: unknown[]) =>
        logger.isLevelEnabled(level) ? write(String(message), ...more) : logger;
      Object.assign(logger, { [level]: asked });
    }
  }
}
