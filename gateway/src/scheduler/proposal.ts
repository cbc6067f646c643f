import type { DueCommand } from '../index-store/model.js';

/** Commands that a scheduler proposes: due acts, and the beacon. */
export type ScheduledCommand = DueCommand | 'time.beacon';

/** A due command, ready to be proposed. */
export interface DueProposal {
  readonly command: ScheduledCommand;
  readonly input: Record<string, unknown>;
}
