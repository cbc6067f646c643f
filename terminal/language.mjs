// Plain JavaScript with Node's own modules alone: `npm start` speaks before anything is installed or built.

/** The language of this run: `--lang`, else YICI_LANG, else the system's; Chinese unless that is English. */
export function languageOf(args, env) {
  const asked = [optionIn(args), env.YICI_LANG].find((one) => one === 'zh' || one === 'en');
  if (asked !== undefined) return asked;
  // The first that is set counts, as for every program (POSIX, section 8.2).
  const system = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^en/i.test(system) ? 'en' : 'zh';
}

/** The last of several counts, as commander has it. */
function optionIn(args) {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const given = args
    .slice(0, end)
    .flatMap((arg, at) =>
      arg === '--lang' ? [args[at + 1]] : arg.startsWith('--lang=') ? [arg.slice(7)] : [],
    );
  return given.at(-1);
}
