import type { FormField, MatterContent } from '@yici/domain/model';
import { definesForm, filledForm, matterContent, mergedFields } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  closedDataset,
  expectRefusal,
  foundEverything,
  leaseMatter,
  publishDataset,
} from '../support/story.js';

const named = (code: string, more: Partial<FormField> = {}): FormField => ({
  ...{ code, name: { zh: code, en: code } },
  ...more,
});

const area = named('area', {
  schema: { type: 'number', minimum: 1, maximum: 500 },
  required: true,
});
const kind = named('kind', {
  schema: { type: 'string', oneOf: [{ const: 'new', title: { zh: '新租', en: 'new' } }] },
});
const from = named('from', { schema: { type: 'string', format: 'date' } });
const budget = { datasetId: 'finance.budget', code: 'total' };
const held = named('held', { suppliedBy: budget });

describe('the form of a matter', () => {
  describe('as it is drafted', () => {
    let ledger: RuleLedger;
    beforeEach(async () => {
      ledger = new RuleLedger();
      await foundEverything(ledger);
    });
    const draft = (...formFields: FormField[]) =>
      ledger.run('matter.draft', { ...leaseMatter, formFields }, by('offices.clerk1'));

    it('is in the version that the heads sign', async () => {
      await draft(area, kind, from, held);
      const drafted = ledger.get('matter', leaseMatter.taskCode, '000002');
      expect(drafted?.content.formFields).to.deep.equal([area, kind, from, held]);
    });

    it('names a data set that the catalogue has, a field of it, and none that is not shared', async () => {
      const supplied = (changes: Partial<typeof budget>) =>
        draft(named('x', { suppliedBy: { ...budget, ...changes } }));
      await expectRefusal(ledger, 'DATASET_UNKNOWN', () => supplied({ datasetId: 'none' }));
      await expectRefusal(ledger, 'FIELD_UNKNOWN', () => supplied({ code: 'none' }));
      const datasetId = 'finance.closed';
      await publishDataset(ledger, closedDataset(datasetId), 'finance');
      await expectRefusal(ledger, 'SHARE_CLASS_REFUSED', () => supplied({ datasetId }));
    });

    it('is refused outside the subset, at the place', () => {
      const placesOf = (field: object) => {
        const formFields = [{ ...named('x'), ...field }] as MatterContent['formFields'];
        const { error } = matterContent.safeParse({ ...leaseMatter, formFields });
        return error?.issues.map(({ path, code }) => `${path.join('.')}: ${code}`);
      };
      expect(placesOf({ schema: { type: 'string', pattern: '(a+)+$' } })).to.deep.equal([
        'formFields.0.schema: unrecognized_keys',
      ]);
      expect(placesOf({ schema: { type: 'array' } })).to.deep.equal([
        'formFields.0.schema.type: invalid_union',
      ]);
      expect(placesOf({ schema: { type: 'integer', minimum: 2, maximum: 1 } })).to.deep.equal([
        'formFields.0.schema.minimum: custom',
      ]);
      const both = { schema: { type: 'boolean' }, suppliedBy: { datasetId: 'a', code: 'b' } };
      expect(placesOf(both)).to.deep.equal(['formFields.0.schema: custom']);
    });
  });

  describe('as it is filled in', () => {
    const fields = [area, kind, from, held];
    const wrong = (values: unknown) =>
      filledForm(fields)
        .safeParse(values)
        .error?.issues.map(({ path, code }) => `${path.join('.')}: ${code}`);

    it('has what has to be there, as it has to be', () => {
      expect(wrong({ area: 20 })).to.equal(undefined);
      expect(wrong({ area: 20, kind: 'new', from: '2026-03-02' })).to.equal(undefined);
      expect(wrong({})).to.deep.equal(['area: invalid_type']);
      expect(wrong({ area: 501, kind: 'other', from: 'tomorrow' })).to.deep.equal([
        ...['area: too_big', 'kind: invalid_value', 'from: invalid_format'],
      ]);
    });

    it('asks for nothing that a department holds, and takes nothing else', () => {
      expect(wrong({ area: 20, held: 1 })).to.deep.equal([': unrecognized_keys']);
    });

    it('is a file of any shape where no field says how', () => {
      expect(definesForm([named('area')])).to.equal(false);
      expect(definesForm([held])).to.equal(true);
    });
  });

  it('is one for all the matters of a one thing, and tells apart what differs', () => {
    const parts = new Map([
      ['pay', [area, from]],
      ['fund', [{ ...area, required: false }, from]],
    ]);
    const merged = mergedFields(parts);
    expect(merged.map(({ code }) => code)).to.deep.equal(['pay.area', 'from', 'fund.area']);
  });
});
