import type { ChannelConfig } from '../config/channel.js';
import { identify, type Verify } from '../policy/signers.js';
import { finding, type Finding } from './model.js';
import type { Submission } from './syntax.js';

/**
 * Checks that a member of the channel signed the envelope (msgvalidation.go checkSignatureFromCreator). An envelope for
 * another channel fails here because its MSPs are unknown. Expiry is ignored, as in Fabric at commit.
 */
export async function checkCreator(
  submission: Submission,
  config: ChannelConfig,
  verify: Verify,
): Promise<Finding | undefined> {
  const { channelHeader, signatureHeader, payload, signature } = submission;
  if (channelHeader.channelId !== config.channelId) {
    return bad(`it is for channel ${channelHeader.channelId}, not ${config.channelId}`);
  }
  const verdict = identify(config, signatureHeader.creator);
  if (!verdict.valid) return bad(`its creator is refused (${verdict.reason}): ${verdict.detail}`);
  const answer = verify(verdict.identity.publicKey, payload, signature);
  const valid = typeof answer === 'boolean' ? answer : await answer;
  if (valid) return undefined;
  return bad(`the signature of ${verdict.identity.certificate.subject} does not verify`);
}

function bad(reason: string): Finding {
  return finding('BAD_CREATOR_SIGNATURE', reason);
}
