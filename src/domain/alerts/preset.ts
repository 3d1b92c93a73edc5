import type { DeadlineKind } from '../calendar/kinds.ts';

/** Ready-made wishes. `dates`: only what has to be handed in; `big`: what the whole world looks at. */
export const PRESETS = ['everything', 'dates', 'big'] as const;
export type Preset = (typeof PRESETS)[number];

const KINDS: Readonly<Record<Preset, readonly DeadlineKind[] | null>> = {
  everything: null,
  dates: [
    'submission_portal_open',
    'stakeholder_submission',
    'presession_application',
    'presession_statement',
    'hrc_written_statement',
    'nhri_written_submission',
    'ngo_video_statement',
  ],
  big: ['national_report', 'review', 'outcome_adoption'],
};

/** The kinds that a preset asks for; null = all. */
export function presetKinds(preset: Preset): readonly DeadlineKind[] | null {
  return KINDS[preset];
}

/** The preset that asks for exactly these kinds; null when none does. */
export function presetOf(kinds: readonly DeadlineKind[] | null): Preset | null {
  return PRESETS.find((preset) => (KINDS[preset]?.join() ?? null) === (kinds?.join() ?? null)) ?? null;
}
