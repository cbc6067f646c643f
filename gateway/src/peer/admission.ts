import type { ChannelConfig } from '@yici/ledger';
import type { Logger } from 'pino';
import { GatewayError } from '../errors.js';

/** Milliseconds between two questions. */
const every = 10_000;

export const departmentOut = (why: string): GatewayError =>
  new GatewayError(
    'DEPARTMENT_OUT',
    `The channel admits this gateway’s department no more, or its certificate is not in force. ${why}`,
  );

interface AdmissionDependencies {
  /** The gateway's own department. */
  readonly mspId: string;
  /** The channel config in force, as the index has it. */
  readonly config: () => ChannelConfig;
  /** Why the peer gives no blocks, if so. */
  readonly streamRefusal: () => GatewayError | undefined;
  /** Whether the orderers give it no blocks; absent where the ledger is in this process, whose peer knows as soon as they do. */
  readonly orderersRefuse?: ((config: ChannelConfig) => Promise<boolean>) | undefined;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
}

/**
 * Whether the channel still has the gateway's department. Its own peer does not know when the others removed it: the block that
 * says so is the first that the orderers do not give it, and it goes on serving the blocks that it has.
 */
export class Admission {
  readonly #deps: AdmissionDependencies;
  #timer: NodeJS.Timeout | undefined;
  #isShutOut = false;
  #closed = false;

  constructor(dependencies: AdmissionDependencies) {
    this.#deps = dependencies;
  }

  start(): void {
    const { orderersRefuse } = this.#deps;
    if (orderersRefuse !== undefined) void this.#beat(orderersRefuse);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Why nothing can be written; undefined while the channel has the department. */
  get refusal(): GatewayError | undefined {
    const { config, mspId, streamRefusal } = this.#deps;
    if (this.#isShutOut) return departmentOut('The orderers give it no blocks.');
    if (!config().msps.has(mspId)) return departmentOut(`Its configuration has no ${mspId}.`);
    const refusal = streamRefusal();
    return refusal?.code === 'DEPARTMENT_OUT' ? refusal : undefined;
  }

  async #beat(refuse: (config: ChannelConfig) => Promise<boolean>): Promise<void> {
    try {
      this.#note(await refuse(this.#deps.config()));
    } catch (err) {
      // A token that is away does not sign the question: the last answer stands.
      this.#deps.logger.warn({ err }, 'the orderers could not be asked for a block');
    }
    if (!this.#closed) this.#timer = setTimeout(() => void this.#beat(refuse), every).unref();
  }

  #note(isOut: boolean): void {
    if (isOut === this.#isShutOut || this.#closed) return;
    this.#isShutOut = isOut;
    if (isOut) this.#deps.logger.warn({}, 'the channel admits this department no more');
    else this.#deps.logger.info({}, 'the channel admits this department again');
  }
}
