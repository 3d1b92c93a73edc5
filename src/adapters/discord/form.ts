/** Forms as Discord's modals, and choices of autocomplete, within Discord's limits. */
import type { Choice, FormField, FormResponse } from '../adapter.ts';
import type { Component } from './render.ts';
import { shorten } from './text.ts';

const TYPE = { select: 3, input: 4, member: 5, label: 18 } as const;
const [TITLE, FIELDS, LABEL, HINT, VALUE, CHOICES, CHOICE] = [45, 5, 45, 100, 4_000, 25, 100];

/** A modal has five fields; a form with more shows its first five. */
export function modalOf({ id, title, fields }: FormResponse) {
  return { custom_id: id, title: shorten(title, TITLE) || '…', components: fields.slice(0, FIELDS).map(labelled) };
}

function labelled(field: FormField): Component {
  const hint = shorten(field.hint, HINT);
  return { type: TYPE.label, label: shorten(field.label, LABEL) || '…', ...(hint === '' ? {} : { description: hint }), component: inputOf(field) };
}

function inputOf({ id, value, required, input, choices }: FormField): Component {
  if (input === 'member') return { type: TYPE.member, custom_id: id, required, min_values: required ? 1 : 0, max_values: 1 };
  if (choices.length > 0) {
    const options = namedChoices(choices).map((choice) => ({ ...choice, default: choice.value === value }));
    return { type: TYPE.select, custom_id: id, required, min_values: required ? 1 : 0, max_values: 1, options };
  }
  return {
    type: TYPE.input,
    custom_id: id,
    style: input === 'lines' ? 2 : 1,
    required,
    max_length: VALUE,
    ...(value === '' ? {} : { value: value.slice(0, VALUE) }),
  };
}

/** A choice whose value Discord does not take cannot be shortened, and is left out; each value is there once. */
export function namedChoices(choices: readonly Choice[]): readonly Choice[] {
  const fit = choices.map(({ label, value }) => ({ label: shorten(label, CHOICE), value }));
  const taken = fit.filter(({ label, value }) => label !== '' && value !== '' && value.length <= CHOICE);
  return [...new Map(taken.map((choice) => [choice.value, choice])).values()].slice(0, CHOICES);
}

/** What autocomplete offers; an option of whole numbers takes numbers only. */
export function offered(choices: readonly Choice[], numbers: boolean): readonly { readonly name: string; readonly value: string | number }[] {
  return namedChoices(choices)
    .filter(({ value }) => !numbers || /^\d{1,15}$/.test(value))
    .map(({ label, value }) => ({ name: label, value: numbers ? Number(value) : value }));
}
