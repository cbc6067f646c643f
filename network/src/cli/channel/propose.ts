import { existsSync } from 'node:fs';
import type { ChannelChange } from '../../channel/changes/index.js';
import { textOf, withSignature, writeChange } from '../../channel/change-file.js';
import { proposeChange } from '../../channel/propose.js';
import { changeInvalid } from '../../channel/refusals.js';
import { readFitting } from '../../render/certificates-file.js';
import { parseTopology, readTopology } from '../../topology/load.js';
import { departmentNamed } from '../../topology/nodes.js';
import type { Topology } from '../../topology/schema.js';
import { at, type DepartmentOption } from './place.js';
import { bringTo, type GatewayOption } from './pending.js';
import { report } from './report.js';
import type { CommandContext } from '../context.js';

interface ProposeOptions extends DepartmentOption, GatewayOption {
  readonly out: string;
  readonly topology?: string;
}

/** The action that proposes one kind of change. Its arguments are followed by its options. */
export function proposal(change: ChannelChange) {
  return async (context: CommandContext, ...given: readonly unknown[]): Promise<void> => {
    // Commander hands over the options after the arguments.
    const options = given[change.arguments.length] as ProposeOptions;
    const { out, gateway } = options;
    if (existsSync(out)) {
      const words = {
        zh: `${out} 已存在；没有写入。`,
        en: `${out} exists; nothing was written.`,
      };
      throw changeInvalid(words, { file: out });
    }
    await at(context, options, async ({ topology, config, session }) => {
      const ready = change.read(argumentsOf(change, given, options, topology));
      const proposed = proposeChange(config, ready);
      // The topology follows the channel: one that nobody could start with is refused while nothing is changed.
      parseTopology(ready.follow(topology));
      // A gateway takes what an administrator has signed.
      const file =
        gateway === undefined
          ? proposed
          : await bringTo(gateway, withSignature(proposed, session.admin));
      writeChange(out, file);
      report(context, topology, config, file, { out, gateway });
    });
  };
}

function argumentsOf(
  change: ChannelChange,
  given: readonly unknown[],
  { topology: file }: ProposeOptions,
  own: Topology,
): Record<string, unknown> {
  return Object.fromEntries(
    change.arguments.flatMap(({ name, kind }, index): [string, unknown][] => {
      const value = given[index];
      if (kind === 'file') return [[name, textOf(String(value))]];
      if (kind !== 'certificates') return [[name, value]];
      const topology = file === undefined ? own : readTopology(file, own.engine);
      const certificates = readFitting(topology, String(value));
      const department = departmentNamed(topology, certificates.department);
      // The embedded engine has one orderer, whatever the topology says.
      const orders = department.orderer && own.engine === 'fabric';
      return [
        [name, certificates],
        ['department', department],
        ['orders', orders],
      ];
    }),
  );
}
