import type { Caller } from '../kernel/caller';
import type { ContractEvent } from '../kernel/events';
import type { RecordStore } from '../kernel/store';

/** What a transaction runs in: on a peer, the shim's stub (contracts/context.ts). */
export interface Environment {
  readonly store: RecordStore;
  readonly channel: string;
  /** What came beside the argument, for endorsing peers only. */
  readonly transient: ReadonlyMap<string, Uint8Array>;
  /** @throws ContractError TIME_OUT_OF_RANGE, IDENTITY_UNUSABLE, ROLE_REFUSED */
  readonly caller: Caller;
  emit(event: ContractEvent): void;
}
