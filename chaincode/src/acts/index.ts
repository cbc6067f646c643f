/** Which acts are open to whom, for those who show it: asked of the rules themselves, over any store of records. */
export { openActs, commandsOn, type Act, type Asking } from './open-acts';
export { contentRefusals } from './content-refusals';
export { actsOn } from './records';
export type { RecordStore } from '../kernel/store';
