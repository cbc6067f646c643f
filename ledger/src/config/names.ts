import { malformedConfig } from './organizations.js';
import type { ConfigGroup } from './tree.js';

const MAX_LENGTH = 249;
const CHANNEL_ID = /^[a-z][a-z0-9.-]*$/;
const CONFIG_ID = /^[a-zA-Z0-9.-]+$/;

/** Whether Fabric accepts the text as a channel name (common/configtx/validator.go). */
export function isChannelId(id: string): boolean {
  return id.length <= MAX_LENGTH && CHANNEL_ID.test(id);
}

/** Whether Fabric accepts the text as the key of a config element. */
export function isConfigId(id: string): boolean {
  return id.length <= MAX_LENGTH && CONFIG_ID.test(id) && id !== '.' && id !== '..';
}

/** @throws LedgerError MALFORMED_CONFIG when an element of the tree has a name that Fabric refuses. */
export function checkConfigIds(path: string, group: ConfigGroup): void {
  for (const key of [...group.groups.keys(), ...group.values.keys(), ...group.policies.keys()]) {
    if (!isConfigId(key))
      throw malformedConfig({
        zh: `${path} 中的名称“${key}”不符合要求`,
        en: `${path} has an element named "${key}"`,
      });
  }
  for (const [key, inner] of group.groups) checkConfigIds(`${path}/${key}`, inner);
}
