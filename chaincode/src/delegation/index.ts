/** Standing in for an absent official (AB岗). */
export { delegationCommands, delegationQueries } from './commands';
export { delegationKinds } from './records';
