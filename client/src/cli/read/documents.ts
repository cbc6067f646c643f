import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { DocumentLine, DocumentView } from '@yici/api';
import { renderFields, type Column, type Say, type SpokenCommand as Command } from '@yici/terminal';
import { digestOfFile, saveAs } from '../../documents/files.js';
import { mediaTypeOfName } from '../../documents/media.js';
import { keepSalt, readSalt } from '../../documents/salt-store.js';
import { newSalt } from '../../documents/digest.js';
import { ClientError } from '../../errors.js';
import { saltFolder } from '../home.js';
import { localTime } from '../../present/words.js';
import type { Terminal } from '../../terminal/terminal.js';
import type { Caller } from '../caller.js';
import { materialOf, searchDocuments } from '../documents/case-documents.js';
import { lists, reads, textOption, type ReadValues, type Shown } from './read.js';
import { showsExample } from '../next/example-words.js';

const columns: readonly Column<DocumentView>[] = [
  [{ zh: '编号', en: 'id' }, (row) => row.id],
  [
    { zh: '名称', en: 'name' },
    (row) => row.name ?? { zh: '（已销毁）', en: '(erased)' },
    { max: 40 },
  ],
  [{ zh: '字节', en: 'bytes' }, (row) => row.size],
  [{ zh: '存入', en: 'by' }, (row) => row.user],
  [{ zh: '时间', en: 'at' }, (row) => localTime(row.at)],
  [{ zh: '办件', en: 'cases' }, (row) => row.cases.length],
];

const acts = {
  'document.read': { zh: '查阅', en: 'read' },
  'document.grant': { zh: '授权', en: 'grant' },
  'document.erase': { zh: '销毁', en: 'erase' },
} as const;
const readColumns: readonly Column<DocumentLine>[] = [
  [{ zh: '序号', en: 'seq' }, (row) => row.seq],
  [{ zh: '操作', en: 'act' }, (row) => acts[row.kind]],
  [
    { zh: '经办', en: 'by' },
    (row, say) => say.aside(row.by.user, say.nameOf('department', row.by.department)),
  ],
  [{ zh: '时间', en: 'at' }, (row) => localTime(row.at)],
];

/** Documents off the ledger: only their digests are on it. */
export function addDocuments(program: Command, terminal: Terminal): void {
  const group = program
    .command('document')
    .description({ zh: '文件（链下）', en: 'documents off the ledger' });
  addPut(group, terminal);
  addGet(group, terminal);
  lists(group.command('list'), terminal, {
    read: 'documents.list',
    columns,
    description: {
      zh: '本部门存入的文件；--case 某一办件的文件',
      en: 'documents that this department brought in, or those of a case',
    },
    example: 'yici document list --case YC33110000000007-20260302-0001',
  });
  const shown = group
    .command(terminal.say({ zh: 'show <编号>', en: 'show <id>' }))
    .description({ zh: '文件说明', en: 'one document' });
  reads(shown, terminal, async ({ client, say }, [id = '']) =>
    presented(say, await client.read('documents.get', { id })),
  );
  showsExample(shown, 'yici document show doc_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed');
  lists(group.command('reads'), terminal, {
    read: 'documents.reads',
    columns: readColumns,
    description: { zh: '查阅记录', en: 'who read it, oldest first' },
    example: 'yici document reads doc_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
  });
  addGrant(group, terminal);
  addErase(group, terminal);
}

function addPut(group: Command, terminal: Terminal): void {
  const put = group
    .command(terminal.say({ zh: 'put <文件>', en: 'put <file>' }))
    .description({
      zh: '加密存入文件，供办件当事部门查阅',
      en: 'bring a document in, for the parties of its case',
    })
    .option('--type <media>', {
      zh: '媒体类型，缺省按扩展名',
      en: 'media type (default: by the file’s ending)',
    })
    .option('--name <name>', { zh: '名称，缺省为文件名', en: 'name (default: the file’s own)' })
    .option('--as <digest>', {
      zh: '申报时已用此校验值',
      en: 'the digest it was filed with: its kept salt is used',
    });
  reads(put, terminal, async ({ client, say }, [file = ''], values) =>
    presented(say, await client.putDocument(await broughtIn(terminal, file, values))),
  );
  showsExample(put, 'yici document put 租用申请.pdf');
}

/** A document as it is stored, its salt kept here. @throws ClientError USAGE, CHECK_FAILED for another than was filed */
async function broughtIn(terminal: Terminal, file: string, values: ReadValues) {
  const type = textOption(values, 'type') ?? mediaTypeOfName(file);
  if (type === undefined) {
    throw new ClientError('USAGE', {
      zh: `${file}：请用 --type 指明媒体类型。`,
      en: `${file}: say its media type with --type.`,
    });
  }
  const filed = textOption(values, 'as');
  const salt = filed === undefined ? newSalt() : await keptSalt(terminal, filed);
  const digest = await digestOfFile(file, salt);
  if (filed !== undefined && filed !== digest) {
    throw new ClientError('CHECK_FAILED', {
      zh: `${file} 不是校验值为 ${filed} 的文件。`,
      en: `${file} is not the document with the digest ${filed}.`,
    });
  }
  const name = textOption(values, 'name') ?? basename(file);
  if (filed === undefined) {
    const sealed = { digestAlg: 'sha256', digest } as const;
    await keepSalt(saltFolder(terminal.env), { sealed, salt }, name);
  }
  return { content: await openAsBlob(file), name, type, salt, digest };
}

async function keptSalt(terminal: Terminal, digest: string): Promise<Uint8Array> {
  const salt = await readSalt(saltFolder(terminal.env), digest);
  if (salt !== undefined) return salt;
  throw new ClientError('USAGE', {
    zh: `本机没有保存校验值 ${digest} 的盐值。`,
    en: `There is no salt kept here for ${digest}.`,
  });
}

function addGet(group: Command, terminal: Terminal): void {
  const get = group
    .command(terminal.say({ zh: 'get [编号]', en: 'get [id]' }))
    .description({
      zh: '取文件并与校验值核对；查阅留痕',
      en: 'read it and hold it against its digest; recorded',
    })
    .option('--case <caseNo>', {
      zh: '办件编号，与 --material 合用',
      en: 'a case, with --material',
    })
    .option('--material <code>', { zh: '材料的代码或者名称', en: 'its material, by code or name' })
    .requiredOption('-o, --output <file>', { zh: '保存到（新文件）', en: 'the file to make' });
  reads(get, terminal, async (caller, [id], values) => {
    const file = textOption(values, 'output') ?? '';
    const info = await (id === undefined
      ? getMaterial(caller, values, file)
      : getById(caller, id, file));
    const line = {
      zh: `✓ ${file}：${info.size} 字节，与校验值相符`,
      en: `✓ ${file}: ${info.size} bytes, as its digest says`,
    };
    return { json: { ...info, file }, lines: [line] };
  });
  showsExample(
    get,
    'yici document get --case YC33110000000007-20260302-0001 --material application -o 申请.pdf',
  );
}

async function getById({ client }: Caller, id: string, file: string): Promise<DocumentView> {
  const info = await client.read('documents.get', { id });
  await saveAs(file, client.documentContent(info));
  return info;
}

/** Wherever the document lies, it is held against the digest that the caller's own gateway shows of the ledger. */
async function getMaterial(
  caller: Caller,
  values: ReadValues,
  file: string,
): Promise<DocumentView> {
  const [caseNo, code] = [textOption(values, 'case'), textOption(values, 'material')];
  if (caseNo === undefined || code === undefined) {
    throw new ClientError('USAGE', {
      zh: '请给出文件编号，或者 --case 和 --material。',
      en: 'Give the id of a document, or --case and --material.',
    });
  }
  const { digest } = await materialOf(caller, caseNo, code);
  const search = searchDocuments(caller);
  try {
    const found = await search.find(digest);
    if (found === undefined) throw notFound(code, search.unasked);
    await saveAs(file, found.client.documentContent(found.document, digest));
    return found.document;
  } finally {
    await search.close();
  }
}

function notFound(code: string, unasked: readonly string[]): ClientError {
  const zh = unasked.length === 0 ? '' : `未能查询的网关：${unasked.join('、')}。`;
  const en =
    unasked.length === 0 ? '' : ` Gateways that could not be asked: ${unasked.join(', ')}.`;
  return new ClientError('CHECK_FAILED', {
    zh: `材料“${code}”的文件不在可查询的网关。${zh}文件存放在申报部门的网关：请登记其地址（yici pin --help），或者请申报部门执行 yici document put 补存。`,
    en: `The document of ${code} lies at no gateway that could be asked.${en} It is kept at the applicant's: pin its address (yici pin --help), or have the applicant store it with yici document put.`,
  });
}

function addGrant(group: Command, terminal: Terminal): void {
  const grant = group
    .command(terminal.say({ zh: 'grant <编号>', en: 'grant <id>' }))
    .description({
      zh: '授予办件当事部门以外的部门查阅',
      en: 'show it to departments beside the parties of its cases; --to none takes that back',
    })
    .requiredOption('--to <departments>', {
      zh: '部门，逗号分隔',
      en: 'departments, with commas; or none',
    });
  reads(grant, terminal, async ({ client, say }, [id = ''], values) => {
    const to = textOption(values, 'to') ?? '';
    return presented(say, await client.grantDocument(id, to === 'none' ? [] : to.split(',')));
  });
  showsExample(grant, 'yici document grant doc_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed --to hrss,drc');
}

function addErase(group: Command, terminal: Terminal): void {
  const erase = group
    .command(terminal.say({ zh: 'erase <编号>', en: 'erase <id>' }))
    .description({
      zh: '销毁文件密钥，不可复原；账本校验值保留',
      en: 'destroy its key for good; the digest stays',
    })
    .requiredOption('--reason <text>', { zh: '事由', en: 'why' });
  reads(erase, terminal, async ({ client, say }, [id = ''], values) =>
    presented(say, await client.eraseDocument(id, textOption(values, 'reason') ?? '')),
  );
  showsExample(erase, 'yici document erase doc_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed --reason 期满');
}

function presented(say: Say, info: DocumentView): Shown {
  return {
    json: info,
    lines: [
      { zh: `文件 ${info.id}`, en: `document ${info.id}` },
      ...renderFields(
        [
          [{ zh: '名称', en: 'name' }, info.name ?? { zh: '（已销毁）', en: '(erased)' }],
          [{ zh: '类型', en: 'type' }, info.type],
          [{ zh: '字节', en: 'bytes' }, info.size],
          [{ zh: 'SHA-256', en: 'SHA-256' }, info.digest.digest],
          [{ zh: 'SM3', en: 'SM3' }, info.digest.sm3],
          [
            { zh: '存入', en: 'by' },
            say.aside(info.user, say.nameOf('department', info.department)),
          ],
          [{ zh: '时间', en: 'at' }, localTime(info.at)],
          [{ zh: '办件', en: 'cases' }, info.cases.join(' ')],
          [{ zh: '授予', en: 'granted to' }, say.names('department', info.grantedTo)],
          [
            { zh: '销毁', en: 'erased' },
            info.erased && `${localTime(info.erased.at)} ${info.erased.reason}`,
          ],
        ],
        say,
      ),
    ],
  };
}
