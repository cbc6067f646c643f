import { commandNames } from '@yici/domain/model';
import { Command } from 'commander';
import { packageVersion } from '../version.js';
import { addAudit } from '../cli/commands/audit.js';
import { addBatch } from '../cli/commands/batch.js';
import { addDemo } from '../cli/commands/demo.js';
import { addDrafts } from '../cli/commands/draft.js';
import { addPin } from '../cli/commands/pin.js';
import { addSessionCommands } from '../cli/commands/session.js';
import { addArchive } from '../cli/read/archive.js';
import { addAppKeyReads } from '../cli/read/app-keys.js';
import { addCaseReads } from '../cli/read/cases.js';
import { addDocuments } from '../cli/read/documents.js';
import { addEvents, addInbox } from '../cli/read/waiting.js';
import { addDutyReads, addOneThingReads, addReviewReads } from '../cli/read/catalogue.js';
import { addLedgerReads } from '../cli/read/ledger.js';
import { addAttestationReads } from '../cli/read/attestations.js';
import {
  addCalendarReads,
  addDatasetReads,
  addDepartmentReads,
  addMatterReads,
  addReformReads,
} from '../cli/read/registry.js';
import { addDelegationReads, addRulingReads } from '../cli/read/responsibility.js';
import { addSupervisionReads } from '../cli/read/supervision.js';
import { addReport } from '../cli/read/report.js';
import { addStats } from '../cli/read/stats.js';
import { addSharingReads } from '../cli/read/sharing.js';
import type { Terminal } from '../terminal/terminal.js';
import { addWrite } from '../cli/write/run.js';
import { writeSpec } from '../cli/write/spec.js';

const groups = {
  department: { text: '部门 departments', addReads: addDepartmentReads },
  reform: { text: '机构改革 reorganisations', addReads: addReformReads },
  duty: { text: '职责 duties', addReads: addDutyReads },
  calendar: { text: '工作日历 working calendars', addReads: addCalendarReads },
  matter: { text: '事项 matters', addReads: addMattersAndReviews },
  'one-thing': { text: '一件事 one things: matters joined into one', addReads: addOneThingReads },
  case: { text: '办件 cases', addReads: addCaseReads },
  ruling: { text: '职责分工协调 duty rulings', addReads: addRulingReads },
  delegation: {
    text: '代岗（AB岗） standing in for an absent official',
    addReads: addDelegationReads,
  },
  dataset: { text: '数据集 data sets', addReads: addDatasetReads },
  'app-key': { text: '国密签名密钥 SM2 keys of officials', addReads: addAppKeyReads },
  supervise: {
    text: '监督：红黄牌、催办、督办、好差评 supervision',
    addReads: addSupervisionReads,
  },
  attestation: { text: '存证 attestations', addReads: addAttestationReads },
  sharing: { text: '数据共享 data sharing', addReads: addSharingReads },
} as const;

function addMattersAndReviews(group: Command, terminal: Terminal): void {
  addMatterReads(group, terminal);
  addReviewReads(group, terminal);
}

/** The commands that are neither writes nor reads of one of the groups. */
const others = [
  addBatch,
  addDrafts,
  addDocuments,
  addArchive,
  addInbox,
  addEvents,
  addStats,
  addReport,
  addLedgerReads,
  addAudit,
  addDemo,
];

/** The `yici` program: every command of the registry and every read of the gateway. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('yici')
    .description(
      '一次 Yici — 部门间办事，一次申报，各自签名 file once, every department answers under its own signature',
    )
    .version(packageVersion())
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.out(text.trimEnd());
      },
      writeErr: (text) => {
        terminal.note(text.trimEnd());
      },
    })
    .configureHelp({ helpWidth: 100 });
  addSessionCommands(program, terminal);
  addPin(program, terminal);
  const writes = commandNames.map((command) => [command, writeSpec(command)] as const);
  for (const [name, { text, addReads }] of Object.entries(groups)) {
    const group = program.command(name).description(text);
    addReads(group, terminal);
    for (const [command, spec] of writes) {
      if (spec.group === name) addWrite(group, command, spec, terminal);
    }
  }
  for (const add of others) add(program, terminal);
  addGlobalOptions(program);
  return program;
}

/** Options of every command, accepted before and after its name. */
function addGlobalOptions(command: Command): void {
  command
    .option('--gateway <url>', '网关地址 address of the gateway (YICI_GATEWAY)')
    .option('--identity <folder>', '本次所用身份 identity folder for this call (YICI_IDENTITY)')
    .option('--json', '以 JSON 输出 print JSON');
  for (const child of command.commands) addGlobalOptions(child);
}
