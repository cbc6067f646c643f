import type { ErrorWords } from './words.js';

/** What refusals of the sign-off inside a department mean. */
export const signoff = {
  SIGNOFF_REQUIRED: {
    what: {
      zh: '本部门规定该命令须先经审签（`details.levels`）。',
      en: 'In this department the act goes through a sign-off first (`details.levels`).',
    },
    next: {
      zh: '`yici signoff draft` 拟办；或者由可直接办理的岗位办理（`details.direct`）。',
      en: '`yici signoff draft`; or ask who may act directly (`details.direct`).',
    },
  },
  SIGNOFF_UNCONFIGURED: {
    what: {
      zh: '本部门没有为该命令设定审签流程。',
      en: 'The department has no chain of sign-off for this act.',
    },
    next: {
      zh: '请直接办理；或者请管理员设定。',
      en: 'Send the act itself, or have the administrator configure a chain.',
    },
  },
  SIGNOFF_NOT_YOURS: {
    what: {
      zh: '审签件待其他岗位办理（`details.waitsFor`），或者 AB 岗代岗委托此时不能用。',
      en: 'The sign-off waits for another office (`details.waitsFor`), or the delegation does not let this official act now.',
    },
    next: {
      zh: '由该岗位办理；AB 岗代岗的注明有效的委托。',
      en: 'Leave it to that office, or name the delegation under which you stand in.',
    },
  },
  SIGNOFF_SAME_PERSON: {
    what: {
      zh: '同一人不得在一份审签件中办理两级，AB 岗代岗也不例外。',
      en: 'Whoever acted at one level of a sign-off acts at no other, in the place of an absent official neither.',
    },
    next: {
      zh: '由该岗位其他人员办理（`details.couldAct`、`details.notOneOf`）。',
      en: 'Somebody else of the office acts (`details.couldAct`, `details.notOneOf`).',
    },
  },
  SIGNOFF_STATE: {
    what: {
      zh: '审签件现在不能办理这一步（`details.why`）。',
      en: 'The sign-off does not take this step as it is (`details.why`).',
    },
    next: { zh: '请先查看：`yici signoff show`。', en: 'Look at it: `yici signoff show`.' },
  },
  SIGNOFF_MISMATCH: {
    what: {
      zh: '命令与签发的内容不一致，或者不是由签发人发送。',
      en: 'The act is not what its sign-off issued, or not by whoever issued it.',
    },
    next: {
      zh: '请照签发的内容发送：`yici signoff issue`。',
      en: 'Send what was issued: `yici signoff issue`.',
    },
  },
  SIGNOFF_CHAINS_CHANGED: {
    what: {
      zh: '读取之后审签流程已被他人改动。',
      en: 'Somebody changed the chains since they were read.',
    },
    next: {
      zh: '请重新查看：`yici signoff chains`。',
      en: 'Read them again: `yici signoff chains`.',
    },
  },
  CHANNEL_CHANGE_REFUSED: {
    what: {
      zh: '通道配置更改不能办理：不是现行配置之上的有效更改，或者节点无法继续运行（`details.reasons`），或者排序节点没有接受。',
      en: 'The change of the channel cannot be made: it does not follow the config in force, nodes could not go on with it (`details.reasons`), or no orderer took it.',
    },
    next: {
      zh: '请按现行配置重新提出：`yici-network channel propose`。',
      en: 'Propose it anew: `yici-network channel propose`.',
    },
  },
  CHANNEL_CHANGE_NEEDS_OPERATOR: {
    what: {
      zh: '通道配置更改涉及排序节点：提交前须确认其余节点仍足以签署区块，生效后须重启有关节点，网关不能办理。',
      en: 'The change of the channel touches the orderers: before it somebody has to see that the others still suffice to sign blocks, and after it orderers start again, which the gateway cannot do.',
    },
    next: {
      zh: '请由运维人员提交：`yici-network channel submit`。',
      en: 'An operator submits it: `yici-network channel submit`.',
    },
  },
  CHANNEL_CHANGE_UNSIGNED: {
    what: {
      zh: '通道配置更改没有有效的管理员签名；提交时，指签名尚不足（`details.missing`）。',
      en: 'No administrator whose signature counts has signed the change of the channel; when it is submitted: too few have (`details.missing`).',
    },
    next: {
      zh: '请签名：`yici-network channel sign`。',
      en: 'Sign it: `yici-network channel sign`.',
    },
  },
} satisfies ErrorWords;
