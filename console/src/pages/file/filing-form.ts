import { definesForm, type FormField, type Words } from '@yici/domain/model';
import type { RJSFSchema } from '@rjsf/utils';
import { useMemo } from 'react';
import { documentForm, formOfFields, wholeOf, type ActForm } from '../../forms/schema.js';
import { useWords } from '../../words/language.js';

/** A material that the applicant is asked for. */
export interface Asked {
  readonly code: string;
  readonly name: Words;
  /** It has to be there when it is filed. */
  readonly required: boolean;
  /** 可容缺, or it may come by sharing. */
  readonly mayFollow: boolean;
}

/** The one form and the materials of a filing, as the parts of one form. */
export function useFilingForm(fields: readonly FormField[], asked: readonly Asked[]): ActForm {
  const { t, language } = useWords();
  return useMemo(() => {
    const own = definesForm(fields) ? formOfFields(fields, language) : documentForm;
    const materials = wholeOf(
      asked.map((one) => [
        ...([one.code, titled(documentForm, one.name[language], noteOf(one, t))] as const),
        { required: one.required && !one.mayFollow },
      ]),
      t('file.materials'),
    );
    return wholeOf([
      ['form', titled(own, t('file.form'))],
      ...(asked.length === 0 ? [] : [['materials', materials] as const]),
    ]);
  }, [fields, asked, language, t]);
}

const titled = ({ schema, ui }: ActForm, title: string, description = ''): ActForm => ({
  schema: { ...schema, title, ...(description !== '' && { description }) },
  ui,
});

const noteOf = (
  { required, mayFollow }: Asked,
  t: (key: 'file.mayFollow' | 'file.optional') => string,
): string => (required ? (mayFollow ? t('file.mayFollow') : '') : t('file.optional'));

/** What of a filing that was begun earlier still has its place, though another version may be filed against now. */
export function fitting(value: unknown, { properties }: RJSFSchema): unknown {
  if (typeof value !== 'object' || value === null || properties === undefined) return value;
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const schema = properties[name];
    return typeof schema === 'object' ? [[name, fitting(inner, schema)] as const] : [];
  });
  return Object.fromEntries(kept);
}
