/** What client uses of `node:util`. */
export { default as isDeepStrictEqual } from 'fast-deep-equal';
