import type { ChannelConfig } from '@yici/ledger';
import type { TransactionSimulator } from '../../simulate/simulator.js';

/** A lifecycle call on the channel's state. */
export interface LifecycleCall {
  readonly simulator: TransactionSimulator;
  readonly config: ChannelConfig;
  /** The department whose peer executes the call. */
  readonly mspId: string;
}
