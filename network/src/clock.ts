/** The present, as the peer sees it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
