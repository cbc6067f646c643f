import type { Actor } from '@yici/api';
import type { AuditJournal } from '../audit/journal.js';

/** The commands that take a case's materials as sufficient: who gives one should have read them. */
export const acceptances: readonly string[] = ['case.accept', 'case.tolerantAccept'];

/** Who of a department read a document first, by this gateway's journal; null when nobody has. */
export async function firstReader(
  journal: Pick<AuditJournal, 'document'>,
  documentId: string,
  department: string | null,
): Promise<{ readonly by: Actor; readonly at: string } | null> {
  if (department === null) return null;
  let cursor: string | undefined;
  do {
    const page = await journal.document(documentId, { limit: 200, cursor });
    const line = page.items.find(
      ({ kind, by }) => kind === 'document.read' && by.department === department,
    );
    if (line !== undefined) return { by: line.by, at: line.at };
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return null;
}
