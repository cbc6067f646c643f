import type { Sentence } from '../errors.js';

/** What each kind of change of the channel is called, by its name: a file of a change names its kind. */
export const changeKindWords = {
  set: {
    zh: '更改出块（batch.*）、共识（bft.*）和策略（policies.*）的设置，名称与拓扑文件相同',
    en: "change settings of block cutting (batch.*), consensus (bft.*) and policies (policies.*), by the topology's names",
  },
  'add-department': {
    zh: '增加一个部门；拓扑文件载明其有排序节点的，同时增加该排序节点',
    en: 'add a department, and its orderer where the topology gives it one',
  },
  'remove-department': {
    zh: '移除一个部门及其排序节点；先在账本上办理机构改革的承继',
    en: 'remove a department and its consenter; its succession on the ledger comes first',
  },
  'consenter-address': {
    zh: '更改一个部门排序节点的地址；其 TLS 证书须含新地址',
    en: "change the address of a department's consenter; its TLS certificate must name the new one",
  },
  'consenter-tls': {
    zh: '登记一个部门排序节点的新 TLS 证书',
    en: "take a new TLS certificate of a department's consenter",
  },
  'replace-consenter': {
    zh: '以新的密钥替换一个部门的排序节点（签名证书和 TLS 证书）',
    en: "replace a department's consenter by one with other keys (signing and TLS certificate)",
  },
  'anchor-peer': {
    zh: '更改一个部门对外公布的对等节点地址（本部门管理员即可）',
    en: "change the address at which a department's peer is announced (its own administrator's act)",
  },
  'add-root': {
    zh: '在一个部门现有的根证书之外，增加新的根证书和 TLS 根证书',
    en: "add a new root and TLS root beside a department's own",
  },
  'retire-root': {
    zh: '停用一个部门的一份根证书或者 TLS 根证书；其所签发的证书随即无效',
    en: "retire one of a department's roots or TLS roots; what it certified ends with it",
  },
  'revocation-list': {
    zh: '公布一个部门的证书吊销列表（CRL），代替之前的列表；列表中的证书随即无效',
    en: "put a department's certificate revocation list (CRL) in force in place of the one before",
  },
  capabilities: {
    zh: '提高通道、排序或者应用的能力级别；各节点须先支持',
    en: 'raise the capability of channel, orderer or application; every node must support it first',
  },
} satisfies Readonly<Record<string, Sentence>>;
export type ChangeKind = keyof typeof changeKindWords;

/** What the kind of a change is called; one that is newer than this program by its name. */
export const wordsOfChange = (name: string): Sentence =>
  new Map<string, Sentence>(Object.entries(changeKindWords)).get(name) ?? { zh: name, en: name };
