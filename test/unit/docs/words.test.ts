import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';

interface Unwanted {
  readonly word: RegExp;
  readonly why: string;
  /** Lines on which it may stand all the same. */
  readonly unless?: RegExp;
}

/** Words that judge where the law does not, say something else than the law, or call one thing by two names. */
const unwanted: readonly Unwanted[] = [
  {
    word: /裁定/,
    why: '编办提出职责分工协调意见，本级人民政府决定；红黄牌和督查结论的是复核决定（《地方各级人民政府机构设置和编制管理条例》第十条、《政府督查工作条例》第十七条）',
  },
  { word: /申诉/, why: '申请复核（《政府督查工作条例》第十七条）' },
  {
    word: /推诿|扯皮/,
    why: '移交未接收不作责任认定；推诿只说决定认定负责的部门',
    unless: /认定|决定|推诿只/,
  },
  { word: /(?<!政务)数据(?:共享)?主管部门/, why: '政务数据共享主管部门' },
  { word: /默许|(?<!超时)默认同意/, why: '超时默认同意' },
  { word: /代岗(?!人)(?<!AB 岗代岗)/, why: 'AB 岗代岗、代岗人员' },
  { word: /代办|转授/, why: 'AB 岗代岗、转委托' },
  { word: /国密/, why: '商用密码（SM2）' },
  { word: /(?<!不|核)准予(?!行政许可)/, why: '予以批准／不予批准' },
  { word: /申请部门|申办部门/, why: '申报部门' },
  {
    word: /牵头部门/,
    why: '实施主体；牵头部门只用于“一件事”',
    unless: /一件事|one-things?| lead:/,
  },
  { word: /主办/, why: '实施主体' },
  { word: /越过|逾越|逾限/, why: '未等待意见继续办理；逾期' },
  { word: /前序/, why: '前置环节、前置事项' },
  { word: /超期(?!留存)/, why: '逾期；会办的是超时' },
  { word: /私有(?:数据)?集合|私有(?:数据|数值)/, why: '双方专用数据区（链下）' },
  {
    word: /(?<!“)三定/,
    why: '“三定”规定',
    unless: /三定 (?:documents?|clause)|\(三定\)|演示三定/,
  },
  { word: /机构编制部门/, why: '编办；引用条文的是机构编制管理机关' },
  { word: /(?<!市)本级政府/, why: '本级人民政府' },
  { word: /跑改办/, why: '政府办：多数地方已经撤并' },
  { word: /自相矛盾/, why: '不一致、冲突' },
  { word: /违规被拒/, why: '不符合办理规则，未登记：填错不是违规' },
  { word: /《行政许可法》|《个人信息保护法》|《电子签名法》|《档案法》/, why: '法律用全称' },
  { word: /\bart \d.*\p{Script=Han}.*第/u, why: '第…条第…款第…项' },
];

/** Where the product has Chinese: what others wrote, the texts of laws, is quoted as it is. */
const spoken =
  /^(?:(?:chaincode|ledger|api|terminal|network|gateway|client)\/(?:src|demo|scripts)\/|test\/support\/rules\/|test\/support\/[a-z-]+-document|docs\/手册\/|(?:docs\/)?[\w-]+\.zh-CN\.md$)/u;
const quoted = /article-words|client\/demo\/(?:matters|notices)\//;
/** What the program says at a terminal is worded on its own; the page of errors is made of what is looked at in their sources. */
const apart = /client\/src\/(?:bin|cli|present)\/|errors\.zh-CN\.md$/;

const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
  .split('\0')
  .filter((path) => spoken.test(path) && !quoted.test(path) && !apart.test(path))
  .filter((path) => /\.(?:ts|mjs|json|yaml|md|txt)$/.test(path));

interface Line {
  readonly at: string;
  readonly text: string;
}

const lines = (): Line[] =>
  files.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .map((text, no) => ({ at: `${path}:${String(no + 1)}`, text }))
      .filter(({ text }) => /\p{Script=Han}/u.test(text)),
  );

describe('the Chinese of the product', () => {
  const all = lines();

  it('is looked at in sources, vocabularies, documents and the demo', () => {
    expect(all.length).to.be.greaterThan(2000);
    for (const one of ['chaincode/src/case/records.ts', 'client/demo/story', 'docs/rules.zh-CN.md'])
      expect(
        all.some(({ at }) => at.startsWith(one)),
        one,
      ).to.equal(true);
  });

  for (const { word, why, unless } of unwanted) {
    it(`says ${why} instead of ${word.source}`, () => {
      const found = all.filter(
        ({ at, text }) => word.test(text) && unless?.test(`${at} ${text}`) !== true,
      );
      expect(found.map(({ at, text }) => `${at} ${text.trim()}`).join('\n')).to.equal('');
    });
  }
});
