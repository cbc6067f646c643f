import { createRequire } from 'node:module';
import { Router } from 'express';

const files = {
  text: '400Regular/NotoSerifSC_400Regular.ttf',
  strong: '700Bold/NotoSerifSC_700Bold.ttf',
} as const;

/** The two fonts that the console makes papers with, where they are installed: alone 115 MB come with them, which no page needs. */
export function fontRouter(): Router {
  const router = Router();
  const { resolve } = createRequire(import.meta.url);
  for (const [name, file] of Object.entries(files)) {
    router.get(`/fonts/${name}.ttf`, (_request, response, next) => {
      try {
        const path = resolve(`@expo-google-fonts/noto-serif-sc/${file}`);
        response.sendFile(path, { maxAge: '30d' });
      } catch {
        next();
      }
    });
  }
  return router;
}
