/** Limits in working days that a law sets and no matter version changes. */

/**
 * To tell the applicant what is missing: on the spot (Zhejiang regulation art 11), five working days at the latest
 * (Administrative Licensing Law art 32(4)).
 */
export const replyWorkingDays = 5;

/**
 * What the applicant has to hand in what was missing when silence accepted the case, from the day on which somebody recorded
 * that. A house rule: the law says that the case is accepted and not until when the rest may follow. As long as the owner had.
 */
export const silenceFollowUpWorkingDays = 5;

/** To deliver after the decision (Administrative Licensing Law art 44). */
export const deliveryWorkingDays = 10;

/** An extension that the head of one organ approves (Administrative Licensing Law art 42(1)). */
export const extensionWorkingDays = 10;

/** An extension of joint handling, with the head of the government (Administrative Licensing Law art 42(2)). */
export const jointExtensionWorkingDays = 15;

/** To inspect what was granted on a commitment (Zhejiang regulation art 14). */
export const inspectionWorkingDays = 60;

/**
 * Working days that an escalated step has to answer before the owner's head may go on without it. No law sets it: it keeps
 * an escalation from being a formality.
 */
export const escalationWorkingDays = 1;

/** To answer a hand-over; after it the sender may offer it to somebody else. A house rule: no law sets it. */
export const transferAnswerDays = 3;

/** Of the Establishment Office, for a duty ruling. A house rule: State Council Order 486 art 10 sets no limit. */
export const rulingWorkingDays = 7;
/** To explain in public why a limit was missed: no law gives the days, art 36 of the Business Environment Regulation the duty. */
export const explanationWorkingDays = 5;

/** Days (not working days) to ask for a review, and to decide it (Government Supervision Regulation). */
export const reviewDays = 30;

/** Working days to answer a bad evaluation (State Council Order 716 art 12 gives the duty). */
export const evaluationAnswerWorkingDays = 5;
