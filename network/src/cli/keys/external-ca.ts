import type { SpokenCommand } from '@yici/terminal';
import { stringify } from 'yaml';
import { writeIfChanged } from '../../atomic.js';
import { acceptCertificates, requestCertificates } from '../../external-ca/exchange.js';
import { networkTopology } from '../../render/render.js';
import { restrictToOwner } from '../../supervisor/data-folder.js';
import { departmentNamed } from '../../topology/nodes.js';
import { addCommand, run, type Program } from '../context.js';
import type { CommandContext, TopologyOption } from '../context.js';
import { tokenOption, topologyOption } from '../options.js';

export interface DepartmentOption {
  readonly department: string;
}

interface AcceptOptions extends DepartmentOption {
  readonly ca: string;
  readonly tlsCa: string;
}

/** `keys request` and `keys accept`: for a department whose certificates another authority issues. */
export function addExternalCaCommands(keys: SpokenCommand, program: Program): void {
  const department = ['--department <id>', { zh: '哪个部门的', en: 'whose' }] as const;
  addCommand(
    keys,
    'keys request --department hrss --topology city.yaml --out ./requests --dir ./hrss-keys',
    {
      zh: '由外部证书机构签发的：生成密钥（不外传），写出证书申请（CSR）',
      en: 'where another authority issues: make the keys, which stay, and write requests for certificates (CSR)',
    },
  )
    .requiredOption(...department)
    .option(...topologyOption)
    .requiredOption('--out <folder>', { zh: '写入申请的目录', en: 'folder for the requests' })
    .option(...tokenOption)
    .action(run(program, () => request));
  addCommand(
    keys,
    'keys accept issued/*.pem --department hrss --ca ca-chain.pem --tls-ca tls-chain.pem --dir ./hrss-keys',
    {
      zh: '启用外部证书机构所签发的证书；有不符的，一份也不启用',
      en: 'take what another authority issued into use; nothing of it where anything is wrong',
    },
  )
    .argument('<certificates...>', { zh: '所签发的证书（PEM）', en: 'what it issued (PEM)' })
    .requiredOption(...department)
    .requiredOption('--ca <file>', {
      zh: '签名证书的根证书和中间证书（PEM）',
      en: 'root and intermediates of the signing certificates (PEM)',
    })
    .requiredOption('--tls-ca <file>', {
      zh: 'TLS 证书的根证书和中间证书（PEM）',
      en: 'the same of the TLS certificates',
    })
    .action(run(program, () => accept));
}

function request(
  { folder, output }: CommandContext,
  {
    department: id,
    topology: file,
    out,
    token,
  }: DepartmentOption & TopologyOption & { readonly out: string; readonly token?: string },
): void {
  const topology = networkTopology(folder, file);
  const department = departmentNamed(topology, id);
  restrictToOwner(folder.root);
  writeIfChanged(folder.topology, stringify(topology));
  const issuing = { topology, directory: folder.root, now: new Date(), token };
  const requests = requestCertificates(issuing, department, out);
  output.result({ department: id, requests }, [
    ...requests,
    {
      zh: `申请 ${requests.length} 份；密钥在 ${folder.root}。请证书机构按申请中的名称、OU、属性和主机名签发，再运行 keys accept。`,
      en: `${requests.length} requests; the keys are in ${folder.root}. Have them issued with the names, units, attributes and hosts that they ask for, then run keys accept.`,
    },
  ]);
}

function accept(
  { folder, output }: CommandContext,
  certificates: readonly string[],
  { department: id, ca, tlsCa }: AcceptOptions,
): void {
  const topology = networkTopology(folder, undefined);
  const department = departmentNamed(topology, id);
  const issuing = { topology, directory: folder.root, now: new Date() };
  const taken = acceptCertificates(issuing, department, { certificates, ca, tlsCa });
  output.result(
    { department: id, certificates: taken },
    {
      zh: `${id}：已启用证书 ${taken.length} 份。下一步：yici-network keys export。`,
      en: `${id}: ${taken.length} certificates are in use. Next: yici-network keys export.`,
    },
  );
}
