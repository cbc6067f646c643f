/**
 * Limits that no matter version changes, in working days unless said otherwise. Each says which law sets it, or that it is a
 * house rule.
 */

/**
 * To tell the applicant what is missing: on the spot (Zhejiang regulation art 11(2), (3)), five working days at the latest
 * (Administrative Licensing Law art 32(1)(4)).
 */
export const replyWorkingDays = 5;

/** To decide on a licence where one organ acts, or several do (Administrative Licensing Law art 42(1), (2)). */
export const licenceWorkingDays = 20;
export const jointLicenceWorkingDays = 45;

/**
 * What the applicant has to hand in what was missing when silence accepted the case, from the day on which somebody recorded
 * that. A house rule: the law says that the case is accepted and not until when the rest may follow. As long as the owner had.
 */
export const silenceFollowUpWorkingDays = 5;

/** To deliver what was granted (Administrative Licensing Law art 44); of a refusal a house rule. */
export const deliveryWorkingDays = 10;

/** An extension that the head of one organ approves (Administrative Licensing Law art 42(1)). */
export const extensionWorkingDays = 10;

/** An extension of joint handling, with the head of the government (Administrative Licensing Law art 42(2)). */
export const jointExtensionWorkingDays = 15;

/** To inspect what was granted on a commitment (Zhejiang regulation art 14(2)). */
export const inspectionWorkingDays = 60;

/**
 * Years for which a bad record is kept and disclosed where nothing provides otherwise (Zhejiang regulation on public credit
 * information of 2017 art 16).
 */
export const badRecordYears = 5;

/**
 * Working days that an escalated step has to answer before the owner's head may go on without it. No law sets it: it keeps
 * an escalation from being a formality. A house rule.
 */
export const escalationWorkingDays = 1;

/**
 * Days (not working days) after the end of a case without a decision within which the same applicant's next filing of the
 * matter is linked to it. A house rule: withdrawing and filing again is to leave a trace.
 */
export const refilingDays = 60;

/** Days of holidays of all citizens in a year (Measures for public holidays art 2, as of 2025; eleven before). */
export const nationalHolidayDays = 13;
/**
 * Weekdays that a year may have off beyond those: days that the State Council declares for one year only, and swaps
 * across the turn of the year. A house bound, wide enough for every year there has been.
 */
export const declaredOnceDays = 4;

/** To answer a hand-over; after it the sender may offer it to somebody else. A house rule: no law sets it. */
export const transferAnswerDays = 3;

/**
 * Of the Establishment Office for its opinion on a duty, and again until the government's decision. A house rule: State
 * Council Order 486 art 10(2) sets no limit.
 */
export const rulingWorkingDays = 7;

/**
 * When a department disagrees: for the owner to meet with it, for it to say whether it stays with its opinion, and for the
 * government's decision. House rules: no law sets these days.
 */
export const meetingWorkingDays = 5;
export const standWorkingDays = 3;
export const opinionRulingWorkingDays = 7;

/** To explain why a limit was missed. A house rule: no law gives days. */
export const explanationWorkingDays = 5;

/**
 * Days (not working days) to ask for the review of a supervision conclusion, and to decide on it (Government Supervision
 * Regulation art 17). Of a card, which a machine raises and which is no such conclusion, a house rule by analogy.
 */
export const reviewDays = 30;

/**
 * Working days to answer a bad evaluation. A house rule: the plan of the province is reported to give fifteen days to mend
 * what was found, and its text is not at hand.
 */
export const evaluationAnswerWorkingDays = 5;
