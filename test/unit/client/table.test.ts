import {
  clip,
  displayWidth,
  padTo,
  printable,
  renderFields,
  renderTable,
  sayIn,
  shellWord,
  type Column,
  type Field,
} from '@yici/terminal';
import { expect } from 'chai';

describe('text in a terminal', () => {
  it('counts a Chinese character as two columns', () => {
    expect(displayWidth('办件 case')).to.equal(9);
    expect(displayWidth('（无）')).to.equal(6);
    expect(displayWidth('ＡＢ')).to.equal(4);
  });

  it('counts combining marks as none', () => {
    expect(displayWidth('e\u0301')).to.equal(1);
  });

  it('is one word of a shell, in quotes where it must be', () => {
    const words = ['batch.timeout=75ms', 'ALL Readers', '头 1', "a'b", ''].map(shellWord);
    expect(words).to.deep.equal([
      'batch.timeout=75ms',
      "'ALL Readers'",
      "'头 1'",
      "'a'\\''b'",
      "''",
    ]);
  });

  it('pads by columns, not by characters', () => {
    expect(padTo('财政局', 8)).to.equal('财政局  ');
  });

  it('never cuts a double-width character in half', () => {
    expect(clip('机关事务中心', 7)).to.equal('机关事…');
    expect(clip('机关事务中心', 8)).to.equal('机关事…');
    expect(clip('短', 8)).to.equal('短');
  });

  it('makes what steers a terminal visible', () => {
    expect(printable('a\u001b[31mb\nc\u202ed')).to.equal('a·[31mb·c·d');
  });
});

describe('a table', () => {
  interface Row {
    readonly id: string;
    readonly name: string | undefined;
  }
  const say = sayIn('zh');
  const columns: readonly Column<Row>[] = [
    [{ zh: '部门', en: 'department' }, ({ id }) => id],
    [{ zh: '名称', en: 'name' }, ({ name }) => name],
  ];

  it('aligns its columns whatever the script', () => {
    const rows = [
      { id: 'hrss', name: '人力社保局' },
      { id: 'establishment', name: undefined },
    ];
    const lines = renderTable(columns, rows, say);
    expect(renderTable(columns, rows, sayIn('en'))[0]).to.equal('department     name');
    expect(lines).to.deep.equal([
      '部门           名称',
      '─────────────  ──────────',
      'hrss           人力社保局',
      'establishment  -',
    ]);
  });

  it('says that it is empty', () => {
    expect(renderTable(columns, [], say)).to.deep.equal(['（无）']);
    expect(renderTable(columns, [], sayIn('en'))).to.deep.equal(['(none)']);
  });

  it('leaves out fields without a value and aligns the others', () => {
    const fields: Field[] = [
      [{ zh: '区块', en: 'block' }, 7],
      [{ zh: '提交时间', en: 'at' }, 'ab'],
      [{ zh: '到期', en: 'due' }, undefined],
    ];
    expect(renderFields(fields, say)).to.deep.equal(['  区块      7', '  提交时间  ab']);
    expect(renderFields(fields, sayIn('en'))).to.deep.equal(['  block  7', '  at     ab']);
  });
});
