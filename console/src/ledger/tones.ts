/** Grounds of tags, dark enough for white text to have the contrast of WCAG 2.1 AA; the library's own are not. */
export const tones = { good: '#237804', bad: '#a8071a', soon: '#ad4e00' } as const;
