export * from './errors.js';
export type * from './rwset/model.js';
export type * from './state/model.js';
