import type { ChannelConfig, ConfigGroup, Consenter } from '@yici/ledger';
import { withConsenters } from '../ordering.js';
import { consenterMsp } from './remove-department.js';
import { refuseNoConsenter, refuseUnknown } from './departments.js';

/**
 * The tree with a department's consenter edited, which keeps its number.
 * @throws NetworkError CHANGE_REFUSED when the department has none
 */
export function editConsenter(
  config: ChannelConfig,
  tree: ConfigGroup,
  mspId: string,
  edit: (consenter: Consenter) => Consenter,
): ConfigGroup {
  refuseUnknown(config, mspId);
  refuseNoConsenter(config, mspId);
  const edited = config.consenters.map((each, index) =>
    consenterMsp(config, index) === mspId ? edit(each) : each,
  );
  return withConsenters(config, tree, edited);
}
