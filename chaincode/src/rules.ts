/** Commands run over any store of records, and single rules, for those who judge a history again or try what may happen. */
export type { RecordStore } from './kernel/store';
export type { Environment } from './runner/environment';
export { runCommand } from './runner/command';
export { dateOfDay, dayNumber, isWeekend, minutesAfter, shanghaiDate } from './kernel/days';
export { isSm2Signature } from './app-key/check-signature';
export { verdictAt, verifyAttestation } from './attestation/verdict';
export { stillRuns } from './calendar/passed';
export { createWorkingDayCounter } from './calendar/working-days';
export { dueAfter } from './case/clocks/due';
export { caseLights } from './case/clocks/lights';
export { functionQuorum } from './department/functions';
export { mostMarkedAtOnce } from './duty/register';
export { isCatchAll } from './matter/material-catch-all';
export { shareClocks } from './sharing/clocks';
export { unmatchedIn } from './sharing/unmatched';
export { requireRecent, showPeriod, watchedSlot } from './time/beacon';
