import { basename, extname } from 'node:path';
import type { DocumentLine, DocumentView } from '@yici/api';
import type { Command } from 'commander';
import { digestOfFile } from '../../api/documents.js';
import { keepSalt, readSalt } from '../../documents/salt-store.js';
import { newSalt } from '../../documents/digest.js';
import { ClientError } from '../../errors.js';
import { saltFolder } from '../home.js';
import { localTime } from '../../present/words.js';
import { renderFields, type Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { exampleOf, lists, reads, textOption, type Shown } from './read.js';

/** Media types by file extension. */
const types: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.ofd': 'application/ofd',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.zip': 'application/zip',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.xml': 'application/xml',
  '.json': 'application/json',
  '.txt': 'text/plain',
};

const columns: readonly Column<DocumentView>[] = [
  { title: '编号 id', value: (row) => row.id },
  { title: '名称 name', value: (row) => row.name ?? '（已销毁 erased）', max: 40 },
  { title: '字节 bytes', value: (row) => row.size },
  { title: '存入 by', value: (row) => row.user },
  { title: '时间 at', value: (row) => localTime(row.at) },
  { title: '办件 cases', value: (row) => row.cases.length },
];

const acts = {
  'document.read': '查阅 read',
  'document.grant': '授权 grant',
  'document.erase': '销毁 erase',
} as const;
const readColumns: readonly Column<DocumentLine>[] = [
  { title: '序号 seq', value: (row) => row.seq },
  { title: '操作 act', value: (row) => acts[row.kind] },
  { title: '经办 by', value: (row) => `${row.by.user}（${row.by.department}）` },
  { title: '时间 at', value: (row) => localTime(row.at) },
];

/** Documents off the ledger: only their digests are on it. */
export function addDocuments(program: Command, terminal: Terminal): void {
  const group = program.command('document').description('文件（链下） documents off the ledger');
  addPut(group, terminal);
  addGet(group, terminal);
  lists(group.command('list'), terminal, {
    read: 'documents.list',
    columns,
    description: '本部门存入的文件 documents that this department brought in',
    example: 'yici document list --limit 10',
  });
  const shown = group.command('show <id>').description('文件说明 one document');
  reads(shown, terminal, async ({ client }, [id = '']) =>
    presented(await client.read('documents.get', { id })),
  );
  exampleOf(shown, 'yici document show doc_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed');
  lists(group.command('reads'), terminal, {
    read: 'documents.reads',
    columns: readColumns,
    description: '查阅记录 who read it, oldest first',
    example: 'yici document reads doc_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
  });
  addGrant(group, terminal);
  addErase(group, terminal);
}

function addPut(group: Command, terminal: Terminal): void {
  const put = group
    .command('put <file>')
    .description(
      '加密存入文件，供办件当事部门查阅 bring a document in, for the parties of its case',
    )
    .option('--type <media>', '媒体类型，缺省按扩展名 media type; by the file’s ending unless told')
    .option('--name <name>', '名称，缺省为文件名 name; the file’s own unless told')
    .option(
      '--as <digest>',
      '申报时已用此摘要 the digest it was filed with: its kept salt is used',
    );
  reads(put, terminal, async ({ client }, [file = ''], values) => {
    const type = textOption(values, 'type') ?? types[extname(file).toLowerCase()];
    if (type === undefined) {
      throw new ClientError('USAGE', `${file}: 请用 --type 指明媒体类型 say its media type.`);
    }
    const filed = textOption(values, 'as');
    const salt = filed === undefined ? newSalt() : await keptSalt(terminal, filed);
    const digest = await digestOfFile(file, salt);
    if (filed !== undefined && filed !== digest) {
      throw new ClientError(
        'CHECK_FAILED',
        `${file} 不是摘要 ${filed} 的文件 is another document.`,
      );
    }
    const name = textOption(values, 'name') ?? basename(file);
    if (filed === undefined) {
      const sealed = { digestAlg: 'sha256', digest } as const;
      await keepSalt(saltFolder(terminal.env), { sealed, salt }, name);
    }
    return presented(await client.putDocument({ file, name, type, salt, digest }));
  });
  exampleOf(put, 'yici document put 租用申请.pdf');
}

async function keptSalt(terminal: Terminal, digest: string): Promise<Uint8Array> {
  const salt = await readSalt(saltFolder(terminal.env), digest);
  if (salt !== undefined) return salt;
  throw new ClientError('USAGE', `没有摘要 ${digest} 的盐值 there is no salt kept for it here.`);
}

function addGet(group: Command, terminal: Terminal): void {
  const get = group
    .command('get <id>')
    .description('取文件并与摘要核对；查阅留痕 read it and hold it against its digest; recorded')
    .requiredOption('-o, --output <file>', '存为 the file to make');
  reads(get, terminal, async ({ client }, [id = ''], values) => {
    const info = await client.read('documents.get', { id });
    const file = textOption(values, 'output') ?? '';
    await client.getDocument(info, file);
    return {
      json: { ...info, file },
      lines: [`✓ ${file}: ${info.size} 字节 bytes, 与摘要相符 as its digest says`],
    };
  });
  exampleOf(get, 'yici document get doc_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed -o 申请.pdf');
}

function addGrant(group: Command, terminal: Terminal): void {
  const grant = group
    .command('grant <id>')
    .description(
      '授予办件当事部门以外的部门查阅 show it to departments beside the parties of its cases; --to none takes that back',
    )
    .requiredOption('--to <departments>', '部门，逗号分隔 departments, with commas; or none');
  reads(grant, terminal, async ({ client }, [id = ''], values) => {
    const to = textOption(values, 'to') ?? '';
    return presented(await client.grantDocument(id, to === 'none' ? [] : to.split(',')));
  });
  exampleOf(grant, 'yici document grant doc_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed --to hrss,drc');
}

function addErase(group: Command, terminal: Terminal): void {
  const erase = group
    .command('erase <id>')
    .description('销毁文件密钥，不可复原；账本摘要保留 destroy its key for good; the digest stays')
    .requiredOption('--reason <text>', '事由 why');
  reads(erase, terminal, async ({ client }, [id = ''], values) =>
    presented(await client.eraseDocument(id, textOption(values, 'reason') ?? '')),
  );
  exampleOf(erase, 'yici document erase doc_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed --reason 期满');
}

function presented(info: DocumentView): Shown {
  return {
    json: info,
    lines: [
      `文件 document ${info.id}`,
      ...renderFields([
        ['名称 name', info.name ?? '（已销毁 erased）'],
        ['类型 type', info.type],
        ['字节 bytes', info.size],
        ['SHA-256', info.digest.digest],
        ['SM3', info.digest.sm3],
        ['存入 by', `${info.user}（${info.department}）`],
        ['时间 at', localTime(info.at)],
        ['办件 cases', info.cases.join(' ')],
        ['授予 granted to', info.grantedTo.join(' ')],
        ['销毁 erased', info.erased && `${localTime(info.erased.at)} ${info.erased.reason}`],
      ]),
    ],
  };
}
