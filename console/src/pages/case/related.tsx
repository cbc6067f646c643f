import { registerNamed } from '../../records/catalogue.js';
import { Records } from '../../records/table.js';
import { useWords } from '../../words/language.js';

/** Lists that can be narrowed to one case. */
const collections = ['cards', 'urges', 'attestations', 'contests'] as const;

/** What others have put beside a case: cards, reminders, attestations, what is contested. */
export function Related({ caseNo }: { readonly caseNo: string }) {
  const { t } = useWords();
  return collections.map((collection) => {
    const list = registerNamed(collection);
    if (list === undefined) return null;
    const title = t(`case.related.${collection}`);
    return (
      <Records key={collection} quiet list={list} asked={{ caseNo }} title={title} level={4} />
    );
  });
}
