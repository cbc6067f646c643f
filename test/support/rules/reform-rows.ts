import { cite, laws } from '@yici/domain/model';
import type { RuleRow } from './row.js';

const decided = [cite(laws.staffing, 9)];

/** Departments merge, split and change names: what moves, and what stays with whom. */
export const reformRows: readonly RuleRow[] = [
  {
    id: 'reform-decision',
    zh: '机构改革由编办登记有权机关的决定（机关、文号、文件校验值），经本级人民政府或者各接收部门确认后，自生效日且不早于确认日起算；编办自身变动由本级人民政府登记',
    en: 'A reorganisation is registered with the deciding organ, number and digest, and counts once a second body, or every receiver, has confirmed it; from its day, and from none before the confirmation',
    basis: decided,
    uncited:
      'whether the organ that decided was the right one is not checked: the record names its document',
    functions: ['registerReform', 'confirmReform', 'checkChanges'],
    tests: {
      'reform/register': [
        'is registered by the Establishment Office, with the deciding organ and its document',
        'of the Establishment Office itself is registered by the government’s office',
        'counts once the government has confirmed it',
        'counts once every department that gets something has accepted it, from no day before that',
        'moves only what its department has, to another that is there and does not end',
      ],
    },
    codes: ['REFORM_INVALID', 'WRONG_DEPARTMENT', 'ALREADY_CONFIRMED', 'FUNCTION_VACANT'],
    figures: [],
  },
  {
    id: 'reform-ended',
    zh: '撤销的部门自生效日起不得再申报、公布、实施事项，AB 岗代岗委托失效，只能办完自己的红牌说明、督办回复等；由承继部门继续行使职权',
    en: 'A department that ended files, publishes and handles nothing from that day on and nobody stands in for it; it finishes what is its own, and its successor goes on',
    basis: decided,
    functions: ['requireLasting', 'departureOf', 'actingUnder'],
    tests: {
      'reform/register': [
        'ends a department on its day: it only finishes what is its own, and nobody stands in for it',
      ],
    },
    codes: ['DEPARTMENT_ENDED', 'DELEGATION_NOT_VALID'],
    figures: [],
  },
  {
    id: 'reform-moved',
    zh: '事项、职责、目录、共享和未结办件逐件划转，历史记录不变；划转后原部门不得再以实施主体身份办理',
    en: 'Matters, duties, data sets, shares and open cases move act by act and nothing of the past is rewritten; the former holder acts on them no more',
    functions: [
      'moveMatter',
      'moveDuty',
      'moveDataset',
      'arrivalOf',
      'requireOwner',
      'requireHolder',
      'requireNotMoved',
    ],
    tests: {
      'reform/succession': [
        'is nothing before its day',
        'gives a matter alone to another, whose cases go with it, while the department goes on',
        'gives a clause to another as it stands: confirmed, and cited no more from where it was',
        'gives a data set to another source, which words it from then on',
        'comes back by another reorganisation',
      ],
      'reform/shares': ['goes on with the new provider, and the key with it'],
    },
    codes: ['MOVED_BY_REFORM', 'REFORM_NOTHING'],
    figures: [],
  },
  {
    id: 'reform-cases',
    zh: '未结办件由承继部门继续办理，时限连续计算；生效日前已逾期的仍计在原部门',
    en: 'An open case goes on with the successor and no clock stops; what was missed before the day of the reorganisation stays the former department’s',
    functions: [
      'succeedCase',
      'dueSuccessions',
      'requireCoDecision',
      'endedClocks',
      'succeedShare',
      'dueShareSuccessions',
    ],
    tests: {
      'reform/succession': [
        'gives an open case its new owner, no clock moves, and the former owner acts on it no more',
        'leaves what the former owner had missed with it, and what falls due from that day on with the new one',
        'lets the new owner decide',
        'gives a step, an application and an offer to whoever goes on with them',
        'decides with another department what its owner has come to ask itself for',
      ],
    },
    codes: ['REFORM_NOTHING', 'DEPARTMENT_ENDED', 'CO_DECISION_MISSING'],
    figures: [],
  },
  {
    id: 'reform-name',
    zh: '部门名称只按机构改革决定变更，原名及使用期间保留',
    en: 'A department changes its name only by a reorganisation; former names are kept with their days',
    basis: decided,
    functions: ['takeName', 'updateDepartment'],
    tests: {
      'reform/register': [
        'names a department, which does not name itself; the name before is kept with its day',
      ],
    },
    codes: ['NAME_BY_REFORM', 'REFORM_NOTHING'],
    figures: [],
  },
];
