/** The parts of Discord's bodies that are looked at here. */

export interface Option {
  readonly label: string;
  readonly value: string;
  readonly description?: string | null;
}

export interface Component {
  readonly type: number;
  readonly id?: number | null;
  readonly custom_id?: string | null;
  readonly content?: string;
  readonly style?: number;
  readonly label?: string | null;
  readonly url?: string | null;
  readonly emoji?: { readonly name?: string | null } | null;
  readonly disabled?: boolean | null;
  readonly description?: string | null;
  readonly placeholder?: string | null;
  readonly value?: string | null;
  readonly required?: boolean | null;
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly options?: readonly Option[];
  readonly items?: readonly { readonly description?: string | null }[];
  readonly components?: readonly Component[];
  readonly accessory?: Component;
  readonly component?: Component;
}

export interface Embed {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly url?: string | null;
  readonly author?: { readonly name?: string | null } | null;
  readonly footer?: { readonly text?: string | null } | null;
  readonly image?: object | null;
  readonly thumbnail?: object | null;
  readonly fields?: readonly { readonly name: string; readonly value: string }[] | null;
}

export interface AllowedMentions {
  readonly parse?: readonly string[] | null;
  readonly users?: readonly string[] | null;
  readonly roles?: readonly string[] | null;
}

/** Of a message. */
export interface Body {
  readonly content?: string | null;
  readonly embeds?: readonly Embed[] | null;
  readonly components?: readonly Component[] | null;
  readonly attachments?: readonly object[] | null;
  readonly sticker_ids?: readonly string[] | null;
  readonly poll?: object | null;
  readonly flags?: number | null;
  readonly allowed_mentions?: AllowedMentions | null;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
}

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

export interface ModalBody {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly Component[];
}

export type Callback =
  | { readonly type: 1 }
  | { readonly type: 4 | 5 | 6 | 7; readonly data?: Body | null }
  | { readonly type: 8; readonly data: { readonly choices?: readonly Choice[] | null } }
  | { readonly type: 9; readonly data: ModalBody };

export interface OptionBody {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly name_localizations?: Readonly<Record<string, string>> | null;
  readonly description_localizations?: Readonly<Record<string, string>> | null;
  readonly required?: boolean | null;
  readonly autocomplete?: boolean | null;
  readonly choices?: readonly Choice[] | null;
  readonly options?: readonly OptionBody[] | null;
}

export interface CommandBody extends Omit<OptionBody, 'type'> {
  readonly type?: number | null;
}

export const FLAG = { ephemeral: 64, componentsV2: 32_768 } as const;

export const has = (flags: number | null | undefined, flag: number): boolean => ((flags ?? 0) & flag) !== 0;

/** Every component with where it is, in reading order. */
export function everyComponent(
  components: readonly Component[] | null | undefined,
  at: readonly PropertyKey[] = ['components'],
): { readonly component: Component; readonly path: readonly PropertyKey[] }[] {
  return (components ?? []).flatMap((component, index) => below(component, [...at, index]));
}

function below(component: Component, path: readonly PropertyKey[]): ReturnType<typeof everyComponent> {
  const { accessory, component: labelled } = component;
  return [
    { component, path },
    ...everyComponent(component.components, [...path, 'components']),
    ...(accessory === undefined ? [] : below(accessory, [...path, 'accessory'])),
    ...(labelled === undefined ? [] : below(labelled, [...path, 'component'])),
  ];
}
