/** Where new signing keys of a department's server are made, if not in files. */
export const tokenOption = [
  '--token <uri>',
  {
    zh: '在 PKCS#11 令牌中生成服务器上的签名密钥（节点、管理员、网关、服务账号），见 operations.zh-CN.md 第 8 节；TLS 密钥仍为文件',
    en: "make the signing keys of the department's server (nodes, administrator, gateway, service accounts) in a PKCS#11 token (operations.md, section 8); TLS keys stay files",
  },
] as const;
