import type { Text } from '@yici/terminal';
import type { Logger } from '../logger.js';

/** Options for starting native nodes. */
export interface StartOptions {
  readonly directory: string;
  /** Folder of Fabric's binaries; default: those installed by `fabric install`. */
  readonly binDir?: string | undefined;
  readonly logger?: Logger;
  /** Receives a sentence for each step of the start. */
  readonly progress?: (text: Text) => void;
  /** Aborts the start; started processes are stopped. */
  readonly signal?: AbortSignal;
}
