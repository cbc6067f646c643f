import { InvalidValueError } from '@yici/terminal';

// Options that several commands have, as their flags and words.

export const topologyOption = [
  '--topology <file>',
  {
    zh: '拓扑文件（缺省为目录自己的，否则为演示的）',
    en: "topology file (default: the folder's own, else the demo)",
  },
] as const;

export const binDirOption = [
  '--bin-dir <folder>',
  {
    zh: 'Fabric 程序所在目录（缺省为 fabric install 所安装的）',
    en: "Fabric's binaries (default: those of fabric install)",
  },
] as const;

/** Whose nodes are meant. */
export const nodesOption = [
  '--department <id>',
  {
    zh: '哪个部门的节点（目录中有多个部门的）',
    en: 'whose nodes, in a folder of several departments',
  },
] as const;

/** Where new signing keys of a department's server are made, if not in files. */
export const tokenOption = [
  '--token <uri>',
  {
    zh: '在 PKCS#11 令牌中生成服务器上的签名密钥（节点、管理员、网关、服务账号），见 operations.zh-CN.md 第 8 节；TLS 密钥仍为文件',
    en: "make the signing keys of the department's server (nodes, administrator, gateway, service accounts) in a PKCS#11 token (operations.md, section 8); TLS keys stay files",
  },
] as const;

/** Reads an option's whole number. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^[0-9]+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidValueError({
      zh: `须为 ${least} 至 ${most} 的整数`,
      en: `a whole number, ${least} to ${most}`,
    });
  };
