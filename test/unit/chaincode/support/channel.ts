/** The channel that every test's transaction is on. */
export const testChannel = 'matters';
