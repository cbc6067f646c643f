import type { ChannelConfig } from '@yici/ledger';
import type { TransactionSimulator } from '../../simulate/simulator.js';

/** A lifecycle call that works on the channel's state. */
export interface LifecycleCall {
  readonly simulator: TransactionSimulator;
  readonly config: ChannelConfig;
  /** The department whose peer runs the call. */
  readonly mspId: string;
}
