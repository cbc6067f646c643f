/**
 * Working days that Order 809 sets. They are the longest a department may take; a data set may promise shorter ones for
 * the reply and the delivery.
 */
export const shareLimits = {
  /** Reply to a request, by share class (art 21). */
  reply: { unconditional: 1, conditional: 10 },
  /** More for a reply, with the lead authority's consent (art 21). */
  replyExtension: 10,
  /** From the consent to the delivery (art 22). */
  deliver: 20,
  /** The provider's answer to a challenge (art 26). */
  challenge: 10,
  /** From a change of law or duties to the approved update of the entry (art 17); for other facts a rule of this system. */
  update: 10,
  /** More for an update, with the lead authority's consent (art 17). */
  updateExtension: 5,
  /** The lead authority's review of an updated entry (art 17); of a first one a rule of this system. */
  review: 2,
} as const;
