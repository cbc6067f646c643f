import { base64, type Answer, type Door } from '../../integration/gateway/support/api.js';

/** Reads confidential values as any client does: asks for the query, signs it, hands it in; the first refusal otherwise. */
export async function readValues(api: Door, user: string, path: string): Promise<Answer> {
  const asked = await api.get(user, path);
  if (asked.status !== 200) return asked;
  const { sign } = await api.as(user);
  const signature = base64(sign(asked.toSign));
  return api.post(user, path, { proposal: asked.str('sign.bytes'), signature });
}
