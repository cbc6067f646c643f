import type { HeldIdentity } from '../../identity/keys.js';

/** Takes an identity into use once it is opened; what is said when it cannot be opened comes with it. */
export type Entering = (opened: Promise<HeldIdentity>, wrong: (error: unknown) => string) => void;
