import { createHash } from 'node:crypto';
import type { Vocabulary, Words } from '@yici/domain/model';
import type { PaperCode } from '@yici/papers';
import {
  ChoiceOption,
  codeOf,
  printable,
  type Say,
  type SpokenCommand as Command,
} from '@yici/terminal';
import type { Terminal } from '../../terminal/terminal.js';
import { writeNew } from '../new-file.js';
import { findingsOn, paperFindings } from '../papers/checked.js';
import { papers } from '../papers/loaded.js';
import { madePaper, type Edition } from '../papers/made.js';
import { reads, textOption, type ReadValues, type Shown } from './read.js';
import { showsExample } from '../next/example-words.js';

const kindWords = {
  receipt: { zh: '收件凭证', en: 'receipt of filing' },
  acceptance: { zh: '受理通知书', en: 'notice of acceptance' },
  supplement: { zh: '补正告知书', en: 'notice of supplement' },
  notAccepted: { zh: '不予受理通知书', en: 'notice that it is not accepted' },
  decision: { zh: '决定书', en: 'decision' },
  order: { zh: '督办单', en: 'supervision order' },
  card: { zh: '亮牌通知单', en: 'notice of a card' },
} as const satisfies Vocabulary;

const kindOption = (say: Say): ChoiceOption =>
  new ChoiceOption(
    '--kind <kind>',
    say({ zh: '文书的种类', en: 'kind of paper' }),
    Object.keys(kindWords),
    kindWords,
  );

/** The code of a kind that was named by its code or its word. */
const kindCode = (text: string): string => codeOf(text, Object.keys(kindWords), kindWords) ?? text;

const editionOption = (say: Say): ChoiceOption =>
  new ChoiceOption(
    '--edition <language>',
    say({ zh: '文书的语言', en: 'language of the paper' }),
    ['zh', 'en'],
    { zh: { zh: '中文', en: 'Chinese' }, en: { zh: '英文', en: 'English' } },
  );
const caseNo = 'YC33110000000007-20260302-0001';

/** Papers of what the ledger records: printed from a department's templates, and held against the record. */
export function addPapers(program: Command, terminal: Terminal): void {
  const group = program
    .command('paper')
    .description({ zh: '文书：出具、核验、模板', en: 'papers: made, checked, their templates' });
  addMake(group, terminal);
  addCheck(group, terminal);
  addFields(group, terminal);
  addTemplate(group, terminal);
}

const withTemplates = (command: Command): Command =>
  command
    .option('--templates <folder>', {
      zh: '本部门的模板和字体所在目录',
      en: 'folder of templates and fonts of this department: <kind>.md, text.ttf, strong.ttf',
    })
    .addOption(editionOption(command.say).default('zh'));

/** Of which act a paper is, done or drafted. */
function withAct(command: Command): Command {
  const { say } = command;
  return command
    .addOption(kindOption(say).makeOptionMandatory())
    .option(
      '--seq <number>',
      { zh: '办理记录的序号，缺省为最近一次', en: 'seq of the act (default: the last one)' },
      Number,
    )
    .option(
      { zh: '--draft [编号]', en: '--draft [id]' },
      {
        zh: '办理之前的草稿，逐页注明“草稿”；可附草稿（yici draft）或者审签件编号，依其内容填写',
        en: 'before the act, marked as a draft on each page; as a draft or sign-off of this id says it',
      },
    );
}

function addMake(group: Command, terminal: Terminal): void {
  const make = withAct(
    withTemplates(group.command(terminal.say({ zh: 'make <编号>', en: 'make <number>' }))),
  )
    .description({
      zh: '依账本记录出具一份文书（PDF，字体已嵌入）；编号为办件、督办或者亮牌编号',
      en: 'make a paper of what the ledger records, of a case, an order or a card',
    })
    .requiredOption('-o, --output <file>', { zh: '保存到（新文件）', en: 'the file to make' });
  reads(make, terminal, async (caller, [number = ''], values) => {
    const { paperKindOf } = await papers();
    const kind = paperKindOf(textOption(values, 'kind') ?? '');
    const seq = typeof values['seq'] === 'number' ? values['seq'] : undefined;
    const draft = values['draft'] === true ? (true as const) : textOption(values, 'draft');
    const wanted = { kind, number, seq, draft };
    const made = await madePaper(caller, wanted, editionOf(values));
    const file = textOption(values, 'output') ?? '';
    await writeNew(file, made.bytes);
    return madeShown(made, { kind, number, file });
  });
  showsExample(
    make,
    `yici paper make ${caseNo} --kind 受理通知书 -o 受理通知书.pdf`,
    `yici paper make ${caseNo} --kind 受理通知书 --draft -o 受理通知书草稿.pdf`,
  );
}

async function madeShown(
  { paper, bytes }: Awaited<ReturnType<typeof madePaper>>,
  about: { readonly kind: string; readonly number: string; readonly file: string },
): Promise<Shown> {
  const { codeText } = await papers();
  const code = paper.code && codeText(paper.code);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { title } = paper.fields;
  const file = printable(about.file);
  const draft = code === undefined;
  return {
    json: { ...about, size: bytes.length, sha256, ...(draft ? { draft } : { code }) },
    lines: [
      {
        zh: `✓ 已出具《${title}》${draft ? '草稿' : ''}：${file}`,
        en: `✓ made${draft ? ' a draft' : ''}: ${file}`,
      },
      { zh: `  校验值（SHA-256）：${sha256}`, en: `  SHA-256: ${sha256}` },
      ...(draft
        ? []
        : [
            {
              zh: `  核验：yici paper check "${code}" --paper ${file}`,
              en: `  to check it: yici paper check "${code}" --paper ${file}`,
            },
          ]),
    ],
  };
}

function addCheck(group: Command, terminal: Terminal): void {
  const check = withTemplates(
    group.command(terminal.say({ zh: 'check <二维码内容>', en: 'check <code>' })),
  )
    .description({
      zh: '核验文书：二维码所指的记录在账本上；附文件的，重新出具并逐字节比对',
      en: 'check that the ledger has the record a paper leads to; with the file, make it again and compare',
    })
    .option('--paper <file>', { zh: '收到的文书（PDF）', en: 'the paper (PDF)' });
  reads(check, terminal, async (caller, [text = ''], values) => {
    const { parseCode } = await papers();
    const code = parseCode(text);
    const findings = await findingsOn(caller, code);
    const file = textOption(values, 'paper');
    if (file !== undefined && findings.length === 0) {
      findings.push(
        ...(await paperFindings(caller, code, await terminal.read(file), editionOf(values))),
      );
    }
    return checked(code, file, findings);
  });
  showsExample(
    check,
    `yici paper check "yici:case/${caseNo}?seq=2&tx=${'3f'.repeat(32)}&block=41&digest=${'9a'.repeat(32)}&genesis=${'07'.repeat(32)}"`,
  );
}

function checked(code: PaperCode, file: string | undefined, findings: readonly Words[]): Shown {
  const holds = findings.length === 0;
  const compared =
    file === undefined
      ? { zh: '', en: '' }
      : { zh: '，文件与重新出具的一致', en: ', and the file is as it is made again' };
  return {
    json: {
      ...code,
      ...(file !== undefined && { file }),
      holds,
      findings: findings.map(({ en }) => en),
    },
    lines: holds
      ? [
          {
            zh: `✓ 核验相符：${code.id}，账本上有这条记录${compared.zh}`,
            en: `✓ it holds: the ledger has this record of ${code.id}${compared.en}`,
          },
        ]
      : [
          { zh: '✗ 核验不符', en: '✗ it does NOT hold' },
          ...findings.map(({ zh, en }) => ({ zh: printable(`  ${zh}`), en: printable(`  ${en}`) })),
        ],
    ...(!holds && { failed: { zh: '核验不符。', en: 'The paper does not hold.' } }),
  };
}

function addFields(group: Command, terminal: Terminal): void {
  const fields = group
    .command(terminal.say({ zh: 'fields <种类>', en: 'fields <kind>' }))
    .description({
      zh: `模板可用的字段。种类：${Object.values(kindWords)
        .map(({ zh }) => zh)
        .join('、')}`,
      en: `what a template can use; kinds: ${Object.keys(kindWords).join(', ')}`,
    });
  fields.action(async (kind: string) => {
    const { fieldLines, paperKindOf } = await papers();
    const items = fieldLines(paperKindOf(kindCode(kind)));
    const values: ReadValues = fields.optsWithGlobals();
    const lines = items.map(({ name, says, kind: form }) => `${written(name, form)}  ${says}`);
    for (const line of values.json === true ? [JSON.stringify({ items })] : lines)
      terminal.out(line);
  });
  showsExample(fields, 'yici paper fields 受理通知书');
}

const written = (name: string, form: string): string =>
  form === 'text' ? `{{${name}}}` : `{{#${name}}}…{{/${name}}}`;

function addTemplate(group: Command, terminal: Terminal): void {
  const template = group
    .command(terminal.say({ zh: 'template <种类>', en: 'template <kind>' }))
    .description({
      zh: '打印自带的模板，改好后存入本部门的模板目录',
      en: 'print a built-in template, to be changed and kept in the own folder of templates',
    })
    .addOption(editionOption(terminal.say).default('zh'));
  template.action(async (name: string) => {
    const { builtInText, paperKindOf } = await papers();
    const values: ReadValues = template.optsWithGlobals();
    const kind = paperKindOf(kindCode(name));
    const text = builtInText(kind, editionOf(values).lang);
    terminal.out(values.json === true ? JSON.stringify({ kind, text }) : text.trimEnd());
  });
  showsExample(template, 'yici paper template 受理通知书');
}

const editionOf = (values: ReadValues): Edition => ({
  lang: textOption(values, 'edition') === 'en' ? 'en' : 'zh',
  folder: textOption(values, 'templates'),
});
