import type { Selector } from './subscription.ts';

/**
 * Ready-made wishes. `dates`: only what has to be handed in; `big`: what the whole world looks at; `participation`: no
 * dates, but every absence, announcement and postponement.
 */
export const PRESETS = ['everything', 'dates', 'big', 'participation'] as const;
export type Preset = (typeof PRESETS)[number];

/** What a preset decides of a wish. */
export type PresetWish = Pick<Selector, 'kinds' | 'news'>;

const WISHES: Readonly<Record<Preset, PresetWish>> = {
  everything: { kinds: null },
  dates: {
    kinds: [
      'submission_portal_open',
      'stakeholder_submission',
      'presession_application',
      'presession_statement',
      'hrc_written_statement',
      'nhri_written_submission',
      'ngo_video_statement',
    ],
  },
  big: { kinds: ['national_report', 'review', 'outcome_adoption'] },
  participation: { kinds: null, news: 'participation' },
};

export function presetWish(preset: Preset): PresetWish {
  return WISHES[preset];
}

/** The preset that asks for exactly this; null when none does. */
export function presetOf(wish: PresetWish): Preset | null {
  return PRESETS.find((preset) => keyOf(WISHES[preset]) === keyOf(wish)) ?? null;
}

function keyOf({ kinds, news }: PresetWish): string {
  return `${kinds?.join() ?? 'all'}|${news ?? 'all'}`;
}
