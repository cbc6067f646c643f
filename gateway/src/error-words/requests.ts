import type { ErrorWords } from './words.js';

/** What refusals of a request as such, of a login or of a signature mean. */
export const requests = {
  // requests
  BODY_MALFORMED: {
    what: { zh: '请求正文不是 JSON。', en: 'The body is no JSON.' },
    next: { zh: '请以 JSON 格式发送。', en: 'Send JSON.' },
  },
  BODY_TOO_LARGE: {
    what: { zh: '请求正文超过大小限制。', en: 'The body is over the limit.' },
    next: {
      zh: '账本只登记校验值，请减少发送内容。',
      en: 'Only digests belong on the ledger; send less.',
    },
  },
  MEDIA_TYPE_UNSUPPORTED: {
    what: { zh: '请求正文不是 `application/json`。', en: 'The body is not `application/json`.' },
    next: { zh: '请设置内容类型。', en: 'Set the content type.' },
  },
  VALIDATION_FAILED: {
    what: {
      zh: '填写内容不符合要求；`errors` 列出全部有误之处。',
      en: 'The input does not fit its schema; `errors` has every path.',
    },
    next: { zh: '请按所列路径更正。', en: 'Mend the paths named.' },
  },
  CURSOR_INVALID: {
    what: { zh: '分页标记不是该列表给出的。', en: 'The cursor is not one this list gave.' },
    next: { zh: '请从第一页重新查询。', en: 'Start the list again.' },
  },
  SORT_NOT_OFFERED: {
    what: {
      zh: '所选条件不支持该排序。',
      en: 'No index has the cases that were asked for in that order.',
    },
    next: {
      zh: '不使用 `sort`，或者按 `-submittedAt` 排序；按到期日查询使用 `dueOn`。',
      en: 'Leave out `sort`, or sort by `-submittedAt`; due days go with `dueOn`.',
    },
  },
  ROUTE_NOT_FOUND: {
    what: { zh: '没有该地址。', en: 'There is no such path.' },
    next: { zh: '见 `/docs`。', en: 'See `/docs`.' },
  },
  NOT_PUBLISHED: {
    what: {
      zh: '本网关没有向社会公开逾期说明。',
      en: 'This gateway does not publish why limits were missed.',
    },
    next: {
      zh: '请由运维人员开启（`publicExplanations`）；本部门的牌见 `yici supervise cards`。',
      en: 'Its operator turns it on (`publicExplanations`); `yici supervise cards` has those that concern you.',
    },
  },
  METHOD_NOT_ALLOWED: {
    what: { zh: '该地址不支持此方法。', en: 'The path exists, the method does not.' },
    next: { zh: '见 `Allow` 响应头。', en: 'See the `Allow` header.' },
  },
  RATE_LIMITED: {
    what: { zh: '一分钟内请求过多。', en: 'Too many requests in a minute.' },
    next: { zh: '请按 `Retry-After` 的时间等待。', en: 'Wait as long as `Retry-After` says.' },
  },
  TOO_MANY_AT_ONCE: {
    what: {
      zh: '同时进行的事件流、上传或者未完成的请求过多，属于该调用人的或者全部的（`details.of`）。',
      en: 'Too many streams, uploads or unfinished bodies at a time, of the caller or of all (`details.of`).',
    },
    next: {
      zh: '请关闭一部分，或者等待其结束。',
      en: 'Close some, or wait until they have ended.',
    },
  },
  ADDRESS_REFUSED: {
    what: {
      zh: '`/metrics` 不对该地址开放，或者经代理访问。',
      en: '`/metrics` is not for this address, or was asked for through a proxy.',
    },
    next: {
      zh: '请在 `limits.metricsFrom` 中加入该地址。',
      en: 'Name the address in `limits.metricsFrom`.',
    },
  },
  // authentication
  UNAUTHENTICATED: {
    what: { zh: '没有登录，或者登录已失效。', en: 'No session, or one that has ended.' },
    next: { zh: '请重新登录。', en: 'Log in.' },
  },
  LOGIN_ELSEWHERE: {
    what: {
      zh: '登录所写的地址不是本网关的地址，可能有人在中间转发。',
      en: "The login names an address that is not this gateway's: whoever relays it stands there.",
    },
    next: {
      zh: '请用本网关的地址登录（`details.addresses`）；经反向代理的，由管理员配置（`addresses`）。',
      en: 'Log in at an address of this gateway (`details.addresses`); behind a reverse proxy its administrator names them (`addresses`).',
    },
  },
  CHALLENGE_UNKNOWN: {
    what: { zh: '登录质询不是本网关发出的。', en: 'The challenge was not given by this gateway.' },
    next: { zh: '请重新获取。', en: 'Ask for a new one.' },
  },
  CHALLENGE_EXPIRED: {
    what: { zh: '登录质询已过期。', en: 'The challenge is too old.' },
    next: { zh: '请重新获取。', en: 'Ask for a new one.' },
  },
  CHALLENGE_USED: {
    what: { zh: '登录质询已使用过。', en: 'The challenge was used.' },
    next: { zh: '请重新获取。', en: 'Ask for a new one.' },
  },
  MSP_UNKNOWN: {
    what: {
      zh: '通道中没有使用该 MSP 编号的部门。',
      en: 'No department of the channel has this MSP id.',
    },
    next: { zh: '请核对 MSP 编号。', en: 'Check the MSP id.' },
  },
  CERTIFICATE_MALFORMED: {
    what: { zh: '证书无法读取。', en: 'The certificate cannot be read.' },
    next: { zh: '请发送本人证书的 PEM 内容。', en: 'Send the PEM of your certificate.' },
  },
  CERTIFICATE_FOREIGN: {
    what: {
      zh: '证书不是该部门签发的。',
      en: 'The certificate was not issued by that department.',
    },
    next: { zh: '请使用本部门的证书。', en: "Use your department's certificate." },
  },
  CERTIFICATE_EXPIRED: {
    what: { zh: '证书不在有效期内。', en: 'The certificate is not in force now.' },
    next: { zh: '请本部门签发新证书。', en: 'Ask your department for a new one.' },
  },
  CERTIFICATE_REVOKED: {
    what: { zh: '证书已吊销。', en: 'The certificate is revoked.' },
    next: { zh: '请本部门签发新证书。', en: 'Ask your department for a new one.' },
  },
  CERTIFICATE_REFUSED: {
    what: {
      zh: '部门的 MSP 不接受该证书，提示说明原因。',
      en: "The department's MSP refuses the certificate; the sentence says why.",
    },
    next: { zh: '请与本部门联系。', en: 'Ask your department.' },
  },
  ROLE_REFUSED: {
    what: {
      zh: '证书中的角色不能执行此操作。',
      en: 'The role in the certificate may not do that.',
    },
    next: { zh: '由提示中角色的人员办理。', en: 'A colleague with the role named must do it.' },
  },
  // signatures
  SIGNATURE_MALFORMED: {
    what: {
      zh: '签名不是 DER 格式的 ECDSA 签名。',
      en: 'The signature is no ECDSA signature in DER.',
    },
    next: { zh: '请发送 DER 签名的 base64。', en: 'Send base64 of the DER signature.' },
  },
  SIGNATURE_HIGH_S: {
    what: {
      zh: '签名的 S 值在上半区间，Fabric 不接受。',
      en: 'S is in the upper half; Fabric would refuse it.',
    },
    next: { zh: '请改用 n - S。', en: 'Fold S: n - S.' },
  },
  SIGNATURE_INVALID: {
    what: {
      zh: '签名不是以该密钥作出的，或者所签内容不同。',
      en: 'The signature is by another key, or over other bytes.',
    },
    next: {
      zh: '请以登录所用密钥对给出的内容原样签名。',
      en: "Sign exactly the bytes given, with the session's key.",
    },
  },
} satisfies ErrorWords;
