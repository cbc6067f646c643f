/** Every concept of the domain. Each adds its commands, records and refusals to the lists of the kernel where it declares them. */
export * as department from './department';
export * as calendar from './calendar';
export * as duty from './duty';
export * as dataset from './dataset';
export * as sharing from './sharing';
export * as attestation from './attestation';
export * as matter from './matter';
export * as cases from './case';
export * as oneThing from './one-thing';
export * as delegation from './delegation';
export * as supervision from './supervision';
export * as audit from './audit';
export * as journal from './journal';
export * as appKey from './app-key';
export * as time from './time';
