import type { ContractErrorMeanings } from '../kernel/laws';

/** What the rules about standing in for an absent official refuse. */
export const errors = {
  DELEGATION_INVALID: {
    zh: 'AB 岗代岗委托有误：不得委托本人，代岗人不得转委托；由不在岗人员（以所委托的岗位）和代岗人员各自签名确认。',
    en: 'A delegation is neither to oneself nor passed on by the delegate; its two ends sign it, the absent official in the role that is handed on.',
    causes: {
      toItself: {
        zh: 'AB 岗代岗不得委托本人（{to}）。',
        en: 'A delegation is not to oneself ({to}).',
      },
      subDelegation: {
        zh: '代岗人不得转委托（代 {for} 办理）。',
        en: 'A delegate (for {for}) passes nothing on.',
      },
      neitherEnd: {
        zh: 'AB 岗代岗委托（{delegationId}）只由不在岗人员（{from}）和代岗人员（{to}）签名确认。',
        en: 'Only its two ends, {from} and {to}, sign the delegation {delegationId}.',
      },
      roleNotHeld: {
        zh: '不在岗人员须以所委托的岗位签名，当前身份为{role}。',
        en: 'The absent official signs in the role that is handed on, not as {role}.',
      },
    },
  },
  DELEGATION_NOT_VALID: {
    zh: '没有有效的 AB 岗代岗委托：须由不在岗人员和代岗人员均已签名确认，且在委托期间内。',
    en: 'There is no delegation that lets this official act now: both its ends have to have signed it, and it counts on its days only.',
    causes: {
      unknown: {
        zh: '没有编号为 {delegationId} 的 AB 岗代岗委托。',
        en: 'There is no delegation {delegationId}.',
      },
      otherDepartment: {
        zh: 'AB 岗代岗委托（{delegationId}）属于其他部门。',
        en: 'The delegation {delegationId} is of another department.',
      },
      departmentEnded: {
        zh: '本部门已经撤销，AB 岗代岗委托（{delegationId}）不再有效。',
        en: 'The department has ended, and its delegation {delegationId} with it.',
      },
      otherUser: {
        zh: 'AB 岗代岗委托（{delegationId}）的代岗人不是当前人员。',
        en: 'The delegation {delegationId} is to somebody else.',
      },
      ended: {
        zh: 'AB 岗代岗委托（{delegationId}）已经结束。',
        en: 'The delegation {delegationId} is ended.',
      },
      notAccepted: {
        zh: 'AB 岗代岗委托（{delegationId}）尚未由不在岗人员和代岗人员均签名确认。',
        en: 'The delegation {delegationId} has not been signed by both its ends.',
      },
      notYet: {
        zh: 'AB 岗代岗委托（{delegationId}）的期间尚未开始。',
        en: 'The delegation {delegationId} has not begun.',
      },
      expired: {
        zh: 'AB 岗代岗委托（{delegationId}）的期间已过。',
        en: 'The delegation {delegationId} is over.',
      },
    },
    acts: ['delegation.accept'],
  },
} satisfies ContractErrorMeanings;
