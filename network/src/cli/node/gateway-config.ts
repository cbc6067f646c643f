import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SpokenCommand } from '@yici/terminal';
import { NetworkError } from '../../errors.js';
import { gatewayConfigOf, gatewayUser, withGateway } from '../../fabric/gateway-config.js';
import { departmentPaths } from '../../pki/layout.js';
import { readDepartmentFile } from '../../render/department-file.js';
import { departmentNamed } from '../../topology/nodes.js';
import { addCommand, run, type CommandContext, type Program } from '../context.js';
import { ownTopology } from '../keys/identities.js';
import { wholeNumber } from '../options.js';

interface GatewayConfigOptions {
  readonly department: string;
  readonly port?: number;
}

/** `gateway config`: for one machine with several departments' gateways; a host of its own has the file from `render`. */
export function addGatewayCommands(root: SpokenCommand, program: Program): void {
  const gateway = root.command('gateway').description({
    zh: '各部门的网关（yici-gateway）',
    en: "the departments' gateways (yici-gateway)",
  });
  addCommand(gateway, 'gateway config --department finance --port 8081 --dir ./city', {
    zh: '打印一个部门的网关配置，另存为文件后以 yici-gateway --config 启动',
    en: "print the configuration of a department's gateway: the file for yici-gateway --config",
  })
    .requiredOption('--department <id>', { zh: '哪个部门的网关', en: 'whose gateway' })
    .option(
      '--port <port>',
      {
        zh: '监听端口（缺省 8080；同一主机上的各网关须各用一个）',
        en: 'port to listen on (default: 8080; each on one host needs its own)',
      },
      wholeNumber(0, 65_535),
    )
    .action(run(program, () => printGatewayConfig));
}

function printGatewayConfig(
  { folder, output }: CommandContext,
  { department: id, port }: GatewayConfigOptions,
): void {
  const topology = ownTopology(folder);
  const department = departmentNamed(topology, id);
  const { key } = departmentPaths(folder.root, id).user(gatewayUser(department).name).msp;
  if (!existsSync(key)) {
    const words = {
      zh: `${folder.root} 中没有 ${id} 的密钥：请在该部门自己的目录中执行。`,
      en: `The keys of ${id} are not in ${folder.root}: run it in that department's own folder.`,
    };
    throw new NetworkError('CERTIFICATES_MISSING', words, { details: { department: id } });
  }
  // Two gateways never share what they keep.
  const isAlone =
    withGateway(topology) === department || readDepartmentFile(folder.root) !== undefined;
  const state = isAlone ? folder.root : join(folder.root, 'gateways', id);
  const own = { state, ...(port !== undefined && { port }) };
  const { settings, text } = gatewayConfigOf(topology, department, folder.root, own);
  output.result(settings, text);
}
