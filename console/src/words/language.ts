import type { Language, Words } from '@yici/domain/model';
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { zh } from './zh.js';

export const languages: readonly Language[] = ['zh', 'en'];

const kept = 'yici.language';

/** Chinese, unless the visitor chose otherwise before. */
function firstLanguage(): Language {
  return localStorage.getItem(kept) === 'en' ? 'en' : 'zh';
}

export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'zh',
    fallbackLng: 'zh',
    resources: { zh: { translation: zh } },
    interpolation: { escapeValue: false },
  });
  // A page in Chinese is better than none.
  await speak(firstLanguage()).catch(() => undefined);
}

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(kept, language);
  await speak(language);
}

/** English travels when it is asked for: most visitors never do. */
async function speak(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
    const { en } = await import('./en.js');
    i18next.addResourceBundle('en', 'translation', en);
  }
  await i18next.changeLanguage(language);
  declare(language);
}

/** Tells the page's language, now and whenever it changes. */
export function followLanguage(tell: (language: Language) => void): void {
  const follow = (name: string) => {
    tell(name === 'en' ? 'en' : 'zh');
  };
  follow(i18next.language);
  i18next.on('languageChanged', follow);
}

/** For screen readers and the browser's own words. */
function declare(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

/** The console's words (`t`), and the ledger's, which come as pairs (`say`). */
export function useWords() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh';
  const say = (pair: Words | null | undefined): string => pair?.[language] ?? '';
  return { t, language, say };
}
