import type { Logger } from '../logger.js';

/** What a start of native nodes is told. */
export interface StartOptions {
  readonly directory: string;
  /** Folder of Fabric's binaries; without it those that `fabric install` left. */
  readonly binDir?: string | undefined;
  readonly logger?: Logger;
  /** Told each step of a start, a sentence for people. */
  readonly progress?: (text: string) => void;
  /** Gives a start up; what has started is stopped. */
  readonly signal?: AbortSignal;
}
