import type { CommandInput, DatasetVersionRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  dataset,
  digestOf,
  documentOf,
  expectRefusal,
  foundRegistry,
  importCalendar,
  publishDataset,
} from '../support/story.js';
import { request } from '../support/shares.js';

const topic = 'headcount';

describe('what data are about', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundRegistry(ledger);
    await importCalendar(ledger, 2025);
    await importCalendar(ledger, 2026);
  });

  const entry = (datasetId: string, about?: string): CommandInput<'dataset.register'> => ({
    ...dataset(datasetId),
    ...(about === undefined ? {} : { topic: about }),
  });
  const register = async (source: string, datasetId: string, about?: string) =>
    (await ledger.run(
      'dataset.register',
      entry(datasetId, about ?? topic),
      by(`${source}.clerk1`),
    )) as DatasetVersionRecord;
  const of = ({ datasetId, version, contentDigest }: DatasetVersionRecord) => ({
    ...{ datasetId, version, contentDigest },
  });
  const approved = async (version: DatasetVersionRecord) => {
    const approval = { ...of(version), secrecyReview: digestOf('review') };
    await ledger.run('dataset.approve', approval, by(`${version.sourceDepartment}.head1`));
    return version;
  };
  const publish = (version: DatasetVersionRecord) =>
    ledger.run('dataset.publish', of(version), by('data.clerk2'));
  const name = (
    source: string,
    user = 'data.head1',
    more: Partial<CommandInput<'dataset.nameSource'>> = {},
  ) =>
    ledger.run(
      'dataset.nameSource',
      { topic, source, text: '由其牵头收集', document: documentOf('数源〔2026〕1号'), ...more },
      by(user),
    );
  const known = () => ledger.get('dataTopic', topic);

  it('is open once two departments have entries about it, and none is published until its source is named (art 19)', async () => {
    await publish(await approved(await register('finance', 'finance.posts')));
    expect(known()?.status).to.equal('single');
    const second = await approved(await register('hrss', 'hrss.posts'));
    expect(known()?.status).to.equal('open');
    expect(known()?.claims.map(({ department }) => department)).to.deep.equal(['finance', 'hrss']);
    await expectRefusal(ledger, 'SOURCE_NOT_NAMED', () => publish(second));
    await name('hrss');
    await publish(second);
    expect(ledger.get('dataset', 'hrss.posts')?.status).to.equal('published');
  });

  it('is single again when an entry turns out to be about something else', async () => {
    await register('finance', 'finance.posts');
    await register('hrss', 'hrss.posts');
    await register('hrss', 'hrss.posts', 'vacancies');
    expect(known()?.status).to.equal('single');
    expect(ledger.get('dataTopic', 'vacancies')?.claims).to.have.length(1);
    await publish(await approved(ledger.get('datasetVersion', 'finance.posts', '000001')!));
  });

  it('has its source named by the lead authority’s head, among several departments, and no source twice', async () => {
    await expectRefusal(ledger, 'NOT_FOUND', () => name('finance'));
    await register('finance', 'finance.posts');
    await expectRefusal(ledger, 'SOURCE_NAMING_INVALID', () => name('finance'));
    await register('hrss', 'hrss.posts');
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => name('finance', 'finance.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => name('finance', 'data.clerk1'));
    await expectRefusal(ledger, 'SOURCE_NAMING_INVALID', () => name('offices'));
    await name('finance');
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => name('finance'));
    await name('hrss');
    expect(
      known()?.namings.map(({ source }) => source),
      'none is lost',
    ).to.deep.equal(['finance', 'hrss']);
    expect(known()?.status).to.equal('named');
  });

  it('lets nobody but the named source word or publish an entry about it', async () => {
    await register('finance', 'finance.posts');
    const losing = await approved(await register('hrss', 'hrss.posts'));
    await name('finance');
    await expectRefusal(ledger, 'SOURCE_DEPARTMENT_NAMED', () => publish(losing));
    await expectRefusal(ledger, 'SOURCE_DEPARTMENT_NAMED', () =>
      register('offices', 'offices.posts'),
    );
    await expectRefusal(ledger, 'SOURCE_DEPARTMENT_NAMED', () => register('hrss', 'hrss.posts'));
    await expectRefusal(ledger, 'SOURCE_DEPARTMENT_NAMED', () =>
      register('hrss', 'hrss.posts', 'something-else'),
    );
    await publish(await approved(await register('finance', 'finance.posts')));
    await publish(await approved(await register('hrss', 'hrss.pay', 'pay')));
  });

  it('takes in entries that do not say what they are about, by the lead authority’s naming', async () => {
    await register('finance', 'finance.posts');
    await publishDataset(ledger, dataset('hrss.quiet'), 'hrss');
    await expectRefusal(ledger, 'DATASET_UNKNOWN', () =>
      name('finance', 'data.head1', { datasetIds: ['hrss.none'] }),
    );
    await name('finance', 'data.head1', { datasetIds: ['hrss.quiet'] });
    expect(ledger.get('dataset', 'hrss.quiet')?.assignedTopic).to.equal(topic);
    await expectRefusal(ledger, 'SOURCE_DEPARTMENT_NAMED', () =>
      ledger.run('dataset.register', dataset('hrss.quiet'), by('hrss.clerk1')),
    );
    await name('hrss');
    const next = await ledger.run('dataset.register', dataset('hrss.quiet'), by('hrss.clerk1'));
    await publish(await approved(next as DatasetVersionRecord));
    expect(ledger.get('dataset', 'hrss.quiet')?.assignedTopic, 'it stays').to.equal(topic);
  });

  it('is asked for at the source once its entry is published', async () => {
    await publishDataset(ledger, dataset('hrss.quiet'), 'hrss');
    const winning = await approved(await register('finance', 'finance.posts'));
    const ask = (datasetId: string, shareId: string) =>
      ledger.run(
        'sharing.request',
        { ...request, shareId, datasetId, fields: ['total'] },
        by('offices.clerk1'),
      );
    await name('finance', 'data.head1', { datasetIds: ['hrss.quiet'] });
    await ask('hrss.quiet', 'share-1');
    await publish(winning);
    await expectRefusal(ledger, 'SOURCE_DEPARTMENT_NAMED', () => ask('hrss.quiet', 'share-2'));
    await ask('finance.posts', 'share-2');
  });
});
