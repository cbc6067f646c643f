import { refusalWords, type ContractError } from '@yici/domain/model';
import { expect } from 'chai';

/** A refusal can be said in both languages: every slot is filled, and every detail is told by a word. */
export function expectWords(refusal: ContractError): void {
  for (const language of ['zh', 'en'] as const) {
    const words = refusalWords(refusal, language);
    const said = `${words?.sentence ?? ''} ${words?.next ?? ''}`;
    expect(said, refusal.message).to.not.match(/[{}[\]]|未注明|not given|undefined/);
    if (language === 'zh') expect(said, refusal.message).to.not.match(/[（；][A-Za-z]+：/);
  }
}
