import { z } from 'zod';

const base64 = (most: number) => z.base64().max(most);

/** A proposed change of the channel as `yici-network channel propose` writes it. */
export const channelChange = z.strictObject({
  v: z.literal(1),
  channel: z.string(),
  sequence: z.int().min(0).describe('Of the config that it was made for.'),
  change: z.strictObject({ name: z.string().max(64), given: z.unknown() }),
  update: base64(700_000).describe('common.ConfigUpdate: what is signed.'),
  signatures: z
    .array(z.strictObject({ header: base64(16_384), signature: base64(1024) }))
    .max(200)
    .readonly()
    .describe('common.SignatureHeader, and the signature over it and the update.'),
});

/** A change for which signatures are gathered. */
export const pendingChange = z.strictObject({
  id: z.string().describe('SHA-256 of the update, hex: the fingerprint that people compare.'),
  at: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  satisfied: z.boolean().describe('The signatures suffice.'),
  signed: z.array(z.string()).describe('MSP ids of the administrators whose signature counts.'),
  missing: z.array(z.string()).describe('MSP ids of those whose signature would count.'),
  change: channelChange,
});
export type PendingChange = z.output<typeof pendingChange>;

export const pendingChanges = z.strictObject({ items: z.array(pendingChange) });

/** A change that is in force. */
export const changeInForce = z.strictObject({
  sequence: z.int().describe('Of the config that it made.'),
});
